/** Programs that would be their own workers: they are told so, and are not started again and again. */
import { execFile, spawnSync } from "node:child_process";
import { chmodSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { promisify } from "node:util";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { program } from "../../built.ts";
import { workerEnvironment } from "../../../src/runtime/process/launch.ts";
import { hostRegional } from "../../../src/runtime/host-regional.ts";
import { checkOwnProgram } from "../../../src/runtime/process/own-program.ts";
import { workerMark } from "../../../src/runtime/process/wire/mark.ts";

const runtime = pathToFileURL(program("runtime/index")).href;

let folder = "";
beforeEach(() => void (folder = mkdtempSync(join(tmpdir(), "own-program-"))));
afterEach(() => rmSync(folder, { recursive: true, force: true }));

/**
 * An executable that is the program itself, as a single executable is, and writes down each of its starts. Should nothing stop it, it stops
 * itself after six.
 */
function executable(body: string): { path: string; starts: () => number } {
  const path = join(folder, "program");
  const started = join(folder, "starts");
  writeFileSync(started, "");
  writeFileSync(
    join(folder, "main.mjs"),
    `import { appendFileSync, readFileSync } from "node:fs";
     appendFileSync(${JSON.stringify(started)}, "x");
     if (readFileSync(${JSON.stringify(started)}).length > 6) process.exit(9);
     const runtime = ${JSON.stringify(runtime)};
     const execPath = ${JSON.stringify(path)};
     ${body.replace("createSandbox(", "(await import(runtime)).createSandbox(")}`,
  );
  writeFileSync(path, `#!/bin/sh\nexec "${process.execPath}" --no-warnings "${join(folder, "main.mjs")}"\n`);
  chmodSync(path, 0o700);
  return { path, starts: () => readFileSync(started).length };
}

describe.skipIf(process.platform === "win32")("a program whose workers are the program", () => {
  it.each([
    [
      "ends",
      "try { await createSandbox({ execPath, workers: 1 }); } catch (error) { console.log(error.code, error.message); }",
    ],
    [
      "dies of it",
      "await createSandbox({ execPath, workers: 1 }).catch((error) => { console.log(error.code, error.message); throw error; });",
    ],
    [
      "goes on, as servers do",
      "await createSandbox({ execPath, workers: 1 }).catch((error) => console.log(error.code, error.message)); if (process.env.ISOBIND_WORKER) setInterval(() => {}, 1000);",
    ],
    [
      "makes its sandboxes when they are needed,",
      `const { createSandbox } = await import(runtime);
       if (process.env.ISOBIND_WORKER) setInterval(() => {}, 1000);
       else await createSandbox({ execPath, workers: 1 }).catch((error) => console.log(error.code, error.message));`,
    ],
  ])("and that %s when it is refused is started once", (_how, text) => {
    const { path, starts } = executable(text);
    const { stdout } = spawnSync(path, { encoding: "utf8", timeout: 30_000 });
    expect(stdout).toMatch(/^ERR_ENGINE_HOST `process\.execPath`.* is this program itself .*`execPath`/);
    expect(starts()).toBe(2);
  });
});

describe("a program that is no worker, and never loads what could say so", () => {
  it.skipIf(process.platform === "win32")("is not waited for", async () => {
    const { path, starts } = executable(
      `if (process.env.ISOBIND_WORKER) setInterval(() => {}, 1000);
       else await createSandbox({ execPath, workers: 1 }).catch((error) => console.log(error.code, error.message));`,
    );
    const { stdout } = await promisify(execFile)(path, { timeout: 110_000 });
    expect(stdout).toMatch(/^ERR_ENGINE_HOST .*program, .*within 30 s.*give `execPath`/);
    expect(starts()).toBe(2);
  });
});

describe("what a program is", () => {
  const node = { mark: undefined, packed: null };

  it("Node, which may make workers", () => {
    expect(() => checkOwnProgram(undefined)).not.toThrow();
    expect(() => checkOwnProgram(undefined, node)).not.toThrow();
  });

  it("a single executable, which must name a Node", () => {
    const packed = { ...node, packed: "a single executable" };
    expect(() => checkOwnProgram(undefined, packed)).toThrow(
      expect.objectContaining({
        code: "ERR_ENGINE_HOST",
        message: expect.stringMatching(/a single executable.*give `execPath`/) as string,
      }),
    );
    expect(() => checkOwnProgram("/usr/bin/node", packed)).not.toThrow();
  });

  it("a worker, which makes none, whatever it names", () => {
    const mark = workerEnvironment({}, hostRegional())[workerMark];
    expect(mark).toBe(String(process.pid));
    for (const execPath of [undefined, "/usr/bin/node"]) {
      expect(() => checkOwnProgram(execPath, { ...node, mark })).toThrow(
        expect.objectContaining({ code: "ERR_ENGINE_HOST" }),
      );
    }
  });
});
