#!/usr/bin/env node
/**
 * Starts every command: the package's executable. Turns Node's compile cache on before anything else is loaded, runs one
 * command, leaves. Imports nothing heavy: a `generate` that finds nothing to do must cost little more than starting node.
 */
import { leaveUnoptimized } from "../code-cache/optimizing.ts";
import { tooOld } from "../node-floor.ts";

const old = tooOld(process.versions.node);
if (old !== null) {
  console.error(`error: ${old.message}\n  help: ${old.help}`);
  process.exit(2);
}
const [name = "", ...flags] = process.argv.slice(2);
const isWatching = flags.some((flag) => flag === "--watch" || flag === "-w");
if ((name === "generate" || name === "check") && !isWatching) leaveUnoptimized();
// Behind the flags: V8 refuses code that was cached under others, and the folder of the cache is named by those it is turned on under.
// An import of the module would load all that it exports; of `node:fs`, streams too.
process.getBuiltinModule("node:module").enableCompileCache();
const [{ processIo }, { cli }] = await Promise.all([import("./process-io.ts"), import("./cli.ts")]);
const io = processIo(process);
const code = await cli(process.argv.slice(2), io);
// Host modules that `run` imported may hold pools and timers; waiting for them would hang a finished command.
await io.leave(code);
