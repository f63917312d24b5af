/**
 * A process that is killed at a call: `program.ts <journal> <counts> <die at>` runs one script with a file for its journal, counts each call of a host
 * function in another file before it does anything, and kills itself in the middle of the call with that number. It prints how the run ended.
 */
import { appendFileSync } from "node:fs";
import { createSandbox, fileJournal } from "../../../src/runtime/index.ts";

const [, , path, counts, dieAt] = process.argv;

function count(name: string, n: number): void {
  appendFileSync(counts!, `${name} ${n}\n`);
  if (String(n) === dieAt) process.kill(process.pid, "SIGKILL");
}

const sandbox = await createSandbox({
  isolation: "none",
  registry: {
    step: (n: number) => (count("step", n), n * 2),
    later: async (n: number) => {
      await new Promise((done) => setImmediate(done));
      count("later", n);
      return n + 1;
    },
  },
});

const source = `
  const { step, later } = SecureExec.bindings;
  const all = [];
  for (let n = 0; n < 6; n++) all.push(n % 2 ? step(n) : await later(n));
  export default all`;

const result = await sandbox.run(source, { journal: fileJournal(path!, { sync: "run" }) });
process.stdout.write(JSON.stringify(result.status === "ok" ? result.exports["default"] : result.error.code));
await sandbox.dispose();
