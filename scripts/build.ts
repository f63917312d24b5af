/** Builds `dist/` with TypeScript 7, then removes what no source stands for any more, so that a package never ships a ghost. */
import { spawnSync } from "node:child_process";
import { existsSync, readdirSync, rmSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";

const root = fileURLToPath(new URL("..", import.meta.url));
const dist = join(root, "dist");

const { status } = spawnSync("tsc", ["-p", "tsconfig.build.json"], { cwd: root, stdio: "inherit" });

for (const entry of existsSync(dist) ? readdirSync(dist, { recursive: true, withFileTypes: true }) : []) {
  if (!entry.isFile()) continue;
  const built = join(entry.parentPath, entry.name);
  const source = join(root, "src", built.slice(dist.length + 1).replace(/\.(js|d\.ts|js\.map)$/, ".ts"));
  if (!existsSync(source)) rmSync(built);
}
process.exitCode = status ?? 1;
