/** A host that says how runs end, and whether it has a /proc. */
import { existsSync } from "node:fs";
import { createSandbox } from "../../../../src/runtime/index.ts";

console.log(existsSync("/proc/self") ? "a /proc" : "no /proc");
const hang = () => new Promise(() => {});
const sandbox = await createSandbox({
  workers: 1,
  limits: { memoryMb: 32, cpuMs: 30_000, wallMs: 60_000 },
  registry: { hang },
});
for (const [source, limits] of [
  ["export default 1", {}],
  ["await SecureExec.bindings.hang()", { wallMs: 100 }],
  ["const a = []; for (;;) a.push([1, 2, 3])", {}],
  ["for (;;);", { cpuMs: 100 }],
] as const) {
  console.log((await sandbox.run(source, { limits })).status);
}
await sandbox.dispose();
