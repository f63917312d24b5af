/**
 * A host with one sandbox that has run a script and is idle: what a supervisor takes. Plain JavaScript, because Node's reader of types would be most
 * of what is measured. Says when it is ready; ends with its input.
 */
import { createSandbox } from "../../dist/runtime/index.js";

const registry = Object.fromEntries(Array.from({ length: 64 }, (_, i) => [`filler${i}`, () => 1]));
const sandbox = await createSandbox({ registry, isolation: "process", workers: 1 });
const { status } = await sandbox.run("SecureExec.bindings.filler1();");
process.stdout.write(`${status}\n`);
process.stdin.on("end", () => void sandbox.dispose()).resume();
