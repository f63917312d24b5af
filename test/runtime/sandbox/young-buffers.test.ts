/**
 * Buffers that scripts hand in and nobody keeps are freed while they are young. V8 itself would collect nothing before there are 64 MB.
 */
import { execFileSync } from "node:child_process";
import { fileURLToPath } from "node:url";
import { runInNewContext } from "node:vm";
import { expect, it } from "vitest";
import type { BindingTree } from "../../../src/registry/index.ts";
import { createSandbox } from "../../../src/runtime/index.ts";

const { arrayBuffers: atFirst } = process.memoryUsage();
const mebibyte = new Uint8Array(1 << 20);
let most = 0;
const look = (): void => void (most = Math.max(most, process.memoryUsage().arrayBuffers));

const cases: [how: string, registry: BindingTree][] = [
  ["handed in", { call: (_bytes: Uint8Array) => look() }],
  ["returned", { call: (_bytes: Uint8Array) => (look(), mebibyte) }],
  ["promised", { call: async (_bytes: Uint8Array) => (look(), mebibyte) }],
];

it.each(cases)("frees buffers that were %s while a script goes on", async (how, registry) => {
  most = 0;
  const sandbox = await createSandbox({ isolation: "none", registry });
  try {
    const source = `const bytes = new Uint8Array(${how === "handed in" ? "1 << 20" : "0"}); for (let i = 0; i < 56; i++) await SecureExec.bindings.call(bytes);`;
    expect((await sandbox.run(source)).status).toBe("ok");
    expect(most - atFirst).toBeLessThan(40 * 1024 * 1024);
  } finally {
    await sandbox.dispose();
  }
});

it("leaves a buffer alone that somebody keeps", async () => {
  const kept: Uint8Array[] = [];
  const keep = (bytes: Uint8Array): void => void kept.push(bytes);
  const sandbox = await createSandbox({ isolation: "none", registry: { keep } });
  try {
    const result = await sandbox.run(
      `for (let i = 0; i < 40; i++) SecureExec.bindings.keep(new Uint8Array(1 << 20).fill(i));`,
    );
    expect(result.status).toBe("ok");
    expect(kept.map((bytes) => [bytes.length, bytes[0], bytes.at(-1)])).toEqual(
      Array.from({ length: 40 }, (_, i) => [1 << 20, i, i]),
    );
  } finally {
    await sandbox.dispose();
  }
});

it("does without where there is no collector: another thread may have taken the flag back", () => {
  const program = `
    const vm = process.getBuiltinModule("node:vm");
    const { runInNewContext } = vm;
    let asked = 0;
    vm.runInNewContext = (code) => {
      asked++;
      process.getBuiltinModule("node:v8").setFlagsFromString("--no-expose-gc");
      return runInNewContext(code);
    };
    const { buffersCame } = await import(process.argv[1]);
    buffersCame(1 << 24);
    vm.runInNewContext = (code) => (asked++, runInNewContext(code));
    buffersCame(1 << 24);
    buffersCame(1 << 24);
    process.stdout.write(String(asked) + runInNewContext("typeof gc"));`;
  const file = fileURLToPath(new URL("../../../src/runtime/young-buffers.ts", import.meta.url));
  const args = ["--no-warnings", "--input-type=module", "-e", program, file];
  expect(execFileSync(process.execPath, args, { encoding: "utf8" })).toBe("2undefined");
});

it("shows nobody the collector", async () => {
  const sandbox = await createSandbox({
    isolation: "none",
    registry: { take: (bytes: Uint8Array) => bytes.length },
  });
  try {
    const source = `const bytes = new Uint8Array(1 << 20); for (let i = 0; i < 20; i++) SecureExec.bindings.take(bytes); export default typeof gc;`;
    for (let run = 0; run < 2; run++)
      expect(await sandbox.run(source)).toMatchObject({ status: "ok", exports: { default: "undefined" } });
    expect([typeof globalThis.gc, runInNewContext("typeof gc")]).toEqual(["undefined", "undefined"]);
  } finally {
    await sandbox.dispose();
  }
});
