/** What a program loads for its first sandbox is a few files, and one of each class, by whichever path it is imported. */
import { execFileSync } from "node:child_process";
import { globSync, readFileSync } from "node:fs";
import { dirname, relative, resolve } from "node:path";
import { fileURLToPath } from "node:url";
import { expect, it } from "vitest";

const dist = fileURLToPath(new URL("../../dist/", import.meta.url));

/** The files of ours that are linked before the first line of `entry` runs. */
function linked(entry: string): readonly string[] {
  const found = new Set<string>();
  const waiting = [resolve(dist, entry)];
  for (let file = waiting.pop(); file !== undefined; file = waiting.pop()) {
    if (found.has(file)) continue;
    found.add(file);
    for (const [, path = ""] of readFileSync(file, "utf8").matchAll(
      /^(?:import|export|\} from)\b[^"'`;]*?["'](\.{1,2}\/[^"']+)["'];/gmu,
    ))
      waiting.push(resolve(dirname(file), path));
  }
  return [...found].map((file) => relative(dist, file).replaceAll("\\", "/")).sort();
}

it("the registry, a sandbox and a worker are a file each", () => {
  expect(linked("registry/index.js")).toEqual(["joined/registry.js", "registry/index.js"]);
  const runtime = ["joined/registry.js", "joined/runtime.js", "joined/shared.js", "runtime/index.js"];
  // It says where the worker's program is by a path from itself.
  expect(linked("runtime/index.js")).toEqual([...runtime, "runtime/process/worker-program.js"]);
  expect(linked("runtime/process/worker/main.js")).toEqual(["runtime/process/worker/main.js"]);
});

it("the registry has nothing of a sandbox", () => {
  expect(readFileSync(resolve(dist, "joined/registry.js"), "utf8")).not.toMatch(
    /isolated-vm|dist\/runtime|node:/u,
  );
});

it("a class is the same from every path", async () => {
  const load = (file: string): Promise<Record<string, unknown>> => import(resolve(dist, file));
  const runtime = await load("runtime/index.js");
  expect((await load("runtime/errors.js"))["SandboxError"]).toBe(runtime["SandboxError"]);
  expect((await load("registry/index.js"))["RegistryError"]).toBe(runtime["RegistryError"]);
  expect((await load("runtime/host/host-run.js"))["createHostRun"]).toBeTypeOf("function");
});

it("a run loads none of Node's cryptography, and no dates, unless somebody looks at its id", () => {
  const program = `
    const { createSandbox } = await import(process.argv[1]);
    let dates = 0;
    Intl.DateTimeFormat = new Proxy(Intl.DateTimeFormat, { construct: (of, args) => (dates++, new of(...args)) });
    const loaded = () => process.moduleLoadList.includes("NativeModule crypto");
    const said = [];
    await using sandbox = await createSandbox({ registry: { one: () => 1 }, workers: 1 });
    const { status } = await sandbox.run("SecureExec.bindings.one(); console.log(1)");
    said.push(status, dates, loaded());
    await using hooked = await createSandbox({ registry: { one: () => 1 }, workers: 1, onConsole: ({ runId }) => said.push(runId.length) });
    await hooked.run("console.log(1)");
    console.log(JSON.stringify([...said, loaded()]));`;
  const args = ["--input-type=module", "-e", program, resolve(dist, "runtime/index.js")];
  const said = execFileSync(process.execPath, args, { env: { ...process.env, TZ: "UTC" }, encoding: "utf8" });
  expect(JSON.parse(said)).toEqual(["ok", 0, false, 36, true]);
});

it("a first run leaves the streams of its host alone, and loads no promises of files and no clock with its observers", () => {
  const program = `
    const { createSandbox } = await import(process.argv[1]);
    await using sandbox = await createSandbox({ registry: { one: () => 1 }, workers: 1 });
    const { status } = await sandbox.run("SecureExec.bindings.one()");
    const names = ["internal/fs/promises", "internal/fs/sync_write_stream", "tty", "internal/process/finalization", "perf_hooks"];
    const loaded = names.filter((name) => process.moduleLoadList.includes("NativeModule " + name));
    process.getBuiltinModule("node:fs").writeSync(1, JSON.stringify([status, ...loaded]));`;
  const args = ["--input-type=module", "-e", program, resolve(dist, "runtime/index.js")];
  expect(JSON.parse(execFileSync(process.execPath, args, { encoding: "utf8" }))).toEqual(["ok"]);
});

it("the texts that stay in memory take a byte for each letter", () => {
  const files = [...globSync("joined/*.js", { cwd: dist }), "runtime/process/worker/main.js"];
  expect(files.length).toBeGreaterThan(3);
  const wide = files.filter((file) => /[^\p{ASCII}]/u.test(readFileSync(resolve(dist, file), "utf8")));
  expect(wide).toEqual([]);
});
