/** Host functions that do not come back: what Stop and the end of the playground do about them. */
import { existsSync } from "node:fs";
import { join } from "node:path";
import { afterEach, beforeEach, expect, it } from "vitest";
import { startPlayground, type Started } from "./started.ts";

const bindings = `import { defineBindings } from "isobind";

interface Host {
  process: { pid: number; getBuiltinModule(name: string): { writeFileSync(name: string, text: string): void } };
}
const { process } = globalThis as unknown as Host;

export default defineBindings({
  pid: (): number => process.pid,
  here: (): void => process.getBuiltinModule("fs").writeFileSync("called", ""),
  wait: (): Promise<void> => new Promise(() => process.getBuiltinModule("fs").writeFileSync("called", "")),
  spin: (): void => {
    process.getBuiltinModule("fs").writeFileSync("called", "");
    for (;;) {}
  },
});
`;

let started: Started;
let ask: (path: string, body: object) => Promise<string>;

beforeEach(async () => {
  started = await startPlayground([], bindings);
  const { origin } = new URL(started.url);
  const opened = await fetch(started.url);
  const cookie = opened.headers.get("set-cookie")?.split(";")[0] ?? "";
  ask = async (path, body) => {
    const headers = { cookie, origin, "content-type": "application/json" };
    return (await fetch(origin + path, { method: "POST", headers, body: JSON.stringify(body) })).text();
  };
});
afterEach(() => started?.stop());

/** The last event of a run. */
async function run(id: string, text: string): Promise<unknown> {
  const script = { name: "scripts/a.ts", text };
  const told = await ask("/api/run", { id, script, profile: null, answers: { kind: "host" }, limits: {} });
  return JSON.parse(told.trim().split("\n").at(-1)!);
}

async function pid(): Promise<number> {
  const { exports } = (await run("pid", "export default SecureExec.bindings.pid();")) as {
    exports: { default: number };
  };
  return exports.default;
}

/** Resolves when a host function has been called. */
const called = () =>
  expect.poll(() => existsSync(join(started.folder, "called")), { timeout: 60_000 }).toBe(true);

const lives = (process_: number): boolean => {
  try {
    return process.kill(process_, 0);
  } catch {
    return false;
  }
};

it("stops a run whose host function blocks its process, and has new ones for the next", async () => {
  const before = await pid();
  const ended = run("spin", "SecureExec.bindings.spin();");
  await called();
  await ask("/api/stop", { id: "spin" });
  expect(await ended).toMatchObject({
    kind: "end",
    status: "crashed",
    problem: { text: expect.stringContaining("no function in it has come back") as string },
  });
  expect(lives(before)).toBe(false);
  expect(await pid()).not.toBe(before);
});

it("stops a run that waits for its host function, and keeps the process of that", async () => {
  const before = await pid();
  const ended = run("wait", "await SecureExec.bindings.wait();");
  await called();
  await ask("/api/stop", { id: "wait" });
  expect(await ended).toMatchObject({ kind: "end", status: "aborted" });
  expect(await pid()).toBe(before);
});

it("leaves no process behind that a host function blocks, when the playground ends", async () => {
  const before = await pid();
  run("spin", "SecureExec.bindings.spin();").catch(() => {});
  await called();
  await started.halt();
  await expect.poll(() => lives(before), { timeout: 60_000 }).toBe(false);
});

it("leaves no process behind that a host function blocks, when the playground is killed", async () => {
  const before = await pid();
  run("spin", "SecureExec.bindings.spin();").catch(() => {});
  await called();
  await started.halt("SIGKILL");
  await expect.poll(() => lives(before), { timeout: 60_000 }).toBe(false);
});

it("leaves no process behind when the playground is killed while a script computes", async () => {
  const before = await pid();
  run("compute", "SecureExec.bindings.here(); for (;;) {}").catch(() => {});
  await called();
  await started.halt("SIGKILL");
  await expect.poll(() => lives(before), { timeout: 60_000 }).toBe(false);
});
