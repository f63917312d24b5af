/** A host that runs scripts while it has no file descriptor left, and again when it has some; says how each run ended. */
import { closeSync, openSync } from "node:fs";
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
// Whatever becomes free is taken at once, also what the worker gives back that ends with the next run.
fill();
const taking = setInterval(fill, 1);
await sandbox.run("await SecureExec.bindings.hang()", { limits: { wallMs: 50 } });
fill();
for (let run = 0; run < 2; run++) await say("export default 2");
clearInterval(taking);
for (const descriptor of held) closeSync(descriptor);
await say("export default 3");
await sandbox.dispose();
console.log("lives");
