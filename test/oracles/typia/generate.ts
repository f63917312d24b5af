/**
 * Writes `generated/validators.js` with typia's own generator. Run by hand when `types.ts` changes; typia needs TypeScript 6 and
 * a good deal of room, so it is installed for the occasion, in a temporary folder, and what it writes is committed.
 *
 * `node test/oracles/typia/generate.ts`; `TYPIA=/some/node_modules` takes an installed one.
 */
import { execFileSync } from "node:child_process";
import { cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { stripTypeScriptTypes } from "node:module";

const here = import.meta.dirname;
const version = "12.2.1";
const folder = mkdtempSync(join(tmpdir(), "typia-"));

try {
  const types = readFileSync(join(here, "types.ts"), "utf8");
  const names = [...(types.split("export interface Types {")[1] ?? "").matchAll(/^ {2}(\w+):/gmu)].map(
    ([, name]) => name ?? "",
  );
  const installed = process.env["TYPIA"];
  writeFileSync(join(folder, "package.json"), `{ "name": "typia-oracle", "type": "module" }\n`);
  if (installed === undefined) {
    execFileSync("npm", ["install", "--no-audit", "--no-fund", `typia@${version}`, "typescript@6.0.2"], {
      cwd: folder,
      stdio: "inherit",
    });
  } else symlinkSync(installed, join(folder, "node_modules"));
  mkdirSync(join(folder, "in"));
  cpSync(join(here, "types.ts"), join(folder, "types.ts"));
  writeFileSync(
    join(folder, "in", "validators.ts"),
    [
      'import typia from "typia";',
      'import type { Types } from "../types.ts";',
      ...names.map((name) => `export const ${name}_is = typia.createEquals<Types["${name}"]>();`),
    ].join("\n"),
  );
  writeFileSync(
    join(folder, "tsconfig.json"),
    JSON.stringify({
      compilerOptions: {
        target: "es2022",
        module: "nodenext",
        strict: true,
        exactOptionalPropertyTypes: true,
        noEmit: true,
        allowImportingTsExtensions: true,
        types: [],
        skipLibCheck: true,
      },
      include: ["in"],
    }),
  );
  const bin = join(folder, "node_modules", "typia", "lib", "executable", "typia.js");
  const args = [bin, "generate", "--input", "in", "--output", "out", "--project", "tsconfig.json"];
  execFileSync(process.execPath, args, { cwd: folder, stdio: "inherit" });
  const generated = readFileSync(join(folder, "out", "validators.ts"), "utf8");
  // Imported for messages only, which a plain yes or no never has: without it nothing of typia is needed at run time.
  const [imported, name = ""] = /^import \* as (\w+) from "typia[^\n]*\n/mu.exec(generated) ?? [""];
  const alone = generated.replace(imported, "");
  if (name !== "" && alone.includes(name)) throw new Error("The validators need a part of typia.");
  mkdirSync(join(here, "generated"), { recursive: true });
  writeFileSync(
    join(here, "generated", "validators.js"),
    `// Written by typia ${version}; see ../generate.ts.\n${stripTypeScriptTypes(alone).replaceAll(/[ \t]+$/gmu, "")}`,
  );
} finally {
  rmSync(folder, { recursive: true, force: true });
}
