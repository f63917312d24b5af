/** A Linux without /proc, as in a jail: figures are missing, everything else is there. */
import { spawnSync } from "node:child_process";
import { chmodSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { delimiter, join, resolve } from "node:path";
import { fileURLToPath } from "node:url";
import { describe, expect, it } from "vitest";
import { findProgram } from "../../../src/runtime/process/find-program.ts";
import { residentKib } from "../../../src/runtime/process/worker/resident.ts";

const hides = ["unshare", ["-m", "sh", "-c", 'umount -l /proc && exec "$0" "$@"']] as const;
const canHide =
  process.platform === "linux" &&
  spawnSync(hides[0], [...hides[1], "true"], { stdio: "ignore" }).status === 0;

it.runIf(canHide)("scripts run and limits hold", () => {
  const program = fileURLToPath(new URL("./workers/jailed.ts", import.meta.url));
  const { stdout, stderr } = spawnSync(hides[0], [...hides[1], process.execPath, "--no-warnings", program], {
    encoding: "utf8",
    timeout: 60_000,
  });
  expect(stderr).toBe("");
  expect(stdout.trim().split("\n")).toEqual(["no /proc", "ok", "timeout", "memory", "timeout"]);
});

describe("the memory a process holds", () => {
  it("is what the system says", () => {
    expect(residentKib(() => 5_000_000)).toBe(4_882);
    expect(residentKib()).toBeGreaterThan(10_000);
  });

  it("is the most it has held where the system does not", () => {
    const most = residentKib(() => {
      throw new Error("ENOENT: no such file or directory, uv_resident_set_memory");
    });
    expect(most).toBeGreaterThanOrEqual(residentKib() / 2);
  });
});

describe.skipIf(process.platform === "win32")("a program's name", () => {
  it("is searched in the PATH of this process, which workers do not have", () => {
    const folder = mkdtempSync(join(tmpdir(), "find-program-"));
    try {
      for (const [name, mode] of [
        ["data", 0o600],
        ["bin", 0o700],
      ] as const) {
        mkdirSync(join(folder, name));
        writeFileSync(join(folder, name, "node"), "");
        chmodSync(join(folder, name, "node"), mode);
      }
      // A relative folder is another one for a worker.
      const path = ["missing", ".", join(folder, "data"), join(folder, "bin")].join(delimiter);
      expect(findProgram("node", path)).toBe(join(folder, "bin", "node"));
    } finally {
      rmSync(folder, { recursive: true });
    }
    expect(findProgram("no-such-program", "/usr/bin")).toBe("no-such-program");
    expect(findProgram("/opt/node", "/usr/bin")).toBe("/opt/node");
    expect(findProgram("./bin/node", "/usr/bin")).toBe(resolve("bin/node"));
  });
});
