/**
 * A process may have no home (no HOME, no passwd entry: a container's user, a unit of systemd) and no working directory (a release that was
 * replaced): everything we publish is imported there, and scripts run.
 */
import { spawnSync, type SpawnSyncReturns } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { afterAll, describe, expect, it } from "vitest";

const root = new URL("../../", import.meta.url);
const { exports } = JSON.parse(readFileSync(new URL("package.json", root), "utf8")) as {
  exports: Record<string, { default?: string } | string>;
};
/** Plugins need the build tool they are for. */
const entries = [
  "isobind",
  "isobind/registry",
  "isobind/generator",
  "isobind/runtime",
  "isobind/secure-exec",
];
const urls = entries.map((name) => {
  const entry = exports[name.replace("isobind", ".")];
  if (typeof entry !== "object" || !entry.default) throw new Error(`${name} is not exported.`);
  return new URL(entry.default, root).href;
});

const program = `
  for (const url of ${JSON.stringify(urls)}) await import(url);
  const { createSandbox } = await import(${JSON.stringify(urls[3])});
  const registry = { fail() { throw new Error("cannot read /srv/secret/file"); } };
  await using sandbox = await createSandbox({ registry });
  const { status, exports } = await sandbox.run("let said; try { SecureExec.bindings.fail() } catch (e) { said = e.message } export default said");
  console.log(status, exports.default);
`;

/** Mocks of Node's own functions would not be what a kernel says, but they fail where the real ones do, for any user. */
const noHome = `
  import os from "node:os";
  import { syncBuiltinESMExports } from "node:module";
  os.homedir = os.userInfo = () => { throw new Error("ENOENT: no such file or directory, uv_os_homedir"); };
  syncBuiltinESMExports();
`;

function run(...args: readonly string[]): SpawnSyncReturns<string> {
  return spawnSync(process.execPath, args, { cwd: "/", env: {}, encoding: "utf8", timeout: 60_000 });
}

/** Starts Node in a folder that is gone by then. */
function runNowhere(...args: readonly string[]): SpawnSyncReturns<string> {
  const folder = mkdtempSync(join(tmpdir(), "isobind-test-"));
  const command = ["-c", 'rmdir "$PWD" && exec "$0" "$@"', process.execPath, ...args];
  try {
    return spawnSync("/bin/sh", command, { cwd: folder, env: {}, encoding: "utf8", timeout: 60_000 });
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

describe("a process that has next to nothing", () => {
  const home = mkdtempSync(join(tmpdir(), "isobind-test-"));
  afterAll(() => rmSync(home, { recursive: true }));
  /** As a file: Node itself needs a working directory for `-e`. */
  function file(name: string, text: string): string {
    writeFileSync(join(home, name), text);
    return join(home, name);
  }
  const said = "ok cannot read <path>\n";

  it("no home", () => {
    expect(run(file("no-home.mjs", noHome + program))).toMatchObject({ stderr: "", stdout: said });
  });

  it.skipIf(process.platform === "win32")("no working directory, no environment", () => {
    expect(runNowhere(file("nowhere.mjs", program))).toMatchObject({ stderr: "", stdout: said });
  });

  it.skipIf(process.platform === "win32")(
    "no working directory: the command line says what it misses",
    () => {
      const { status, stdout, stderr } = runNowhere(
        fileURLToPath(new URL("dist/cli/main.js", root)),
        "check",
      );
      expect({ status, stderr }).toEqual({ status: 2, stderr: "" });
      expect(stdout).toContain("bindings.config.ts");
    },
  );
});
