/** A host that runs scripts while it has no file descriptor left, and again when it has some; says how each run ended. */
import child_process from "node:child_process";
import { closeSync, openSync } from "node:fs";
import { syncBuiltinESMExports } from "node:module";
import { createSandbox } from "../../../../src/runtime/index.ts";

const sandbox = await createSandbox({ workers: 1, registry: { hang: () => new Promise(() => {}) } });
async function say(source: string): Promise<void> {
  const result = await sandbox.run(source);
  console.log(result.status === "ok" ? "ok" : `${result.status} ${result.error.code}`);
}
const held: number[] = [];
function fill(): void {
  try {
    for (;;) held.push(openSync("/dev/null", "r"));
  } catch {
    // Now there is none.
  }
}

await say("export default 1");
// Whatever becomes free is taken before a worker could be started with it, also what the worker gives back that ends with the next run.
let isStarved = true;
const { spawn } = child_process;
child_process.spawn = ((...args: Parameters<typeof spawn>) => {
  if (isStarved) fill();
  return spawn(...args);
}) as typeof spawn;
syncBuiltinESMExports();
fill();
await sandbox.run("await SecureExec.bindings.hang()", { limits: { wallMs: 2_000 } });
for (let run = 0; run < 2; run++) await say("export default 2");
isStarved = false;
for (const descriptor of held) closeSync(descriptor);
await say("export default 3");
await sandbox.dispose();
console.log("lives");
