/**
 * Preloaded into a process: makes its k-th call of `node:fs` its last one, or makes it fail, and says at its end how many calls
 * there were. Kept as JavaScript, so that loading it makes no call of its own.
 *
 * LAST_CALL: `<fault> <k>`, with the fault `before` (killed before the call), `after` (killed after it), `halfway` (killed with
 * a write cut short), `fails` (the call throws EIO) or `count`. LAST_CALL_LOG: where the names of the calls go, one a line.
 */
import fs from "node:fs";
import { syncBuiltinESMExports } from "node:module";

const [fault, at] = (process.env.LAST_CALL ?? "count 0").split(" ");
const log = process.env.LAST_CALL_LOG;
const original = { ...fs };
const calls = [];

for (const [name, call] of Object.entries(original)) {
  if (!name.endsWith("Sync") || typeof call !== "function") continue;
  fs[name] = Object.assign(function (...args) {
    calls.push(name);
    if (calls.length !== Number(at)) return call.apply(fs, args);
    if (fault === "fails") throw Object.assign(new Error("EIO: i/o error"), { code: "EIO" });
    if (fault === "after") call.apply(fs, args);
    if (fault === "halfway" && name === "writeFileSync") call.call(fs, args[0], String(args[1]).slice(0, 9));
    return process.kill(process.pid, "SIGKILL");
  }, call);
}
syncBuiltinESMExports();

process.on("exit", () => {
  if (log !== undefined) original.writeFileSync(log, calls.join("\n"));
});
