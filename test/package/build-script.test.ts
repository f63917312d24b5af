import { spawnSync } from "node:child_process";
import { fileURLToPath } from "node:url";
import { expect, it } from "vitest";

it("says that there is no compiler, where the build is started without it", () => {
  const root = fileURLToPath(new URL("../..", import.meta.url));
  const { status, stderr } = spawnSync(process.execPath, ["scripts/build.ts"], {
    cwd: root,
    env: { PATH: "" },
    encoding: "utf8",
  });
  expect(stderr).toContain("tsc cannot be started");
  expect(stderr).toContain("npm run build");
  expect(status).toBe(1);
});
