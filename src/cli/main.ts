#!/usr/bin/env node
/**
 * Starts every command: the package's executable. A `generate` that finds nothing to do must cost little more than starting Node, so it is looked first whether this
 * is one. Any other command is loaded and run, with Node's compile cache turned on before.
 */
import { leaveUnoptimized } from "../code-cache/optimizing.ts";
import { tooOld } from "../node-floor.ts";

const old = tooOld(process.versions.node);
if (old !== null) {
  console.error(`error: ${old.message}\n  help: ${old.help}`);
  process.exit(2);
}
// Behind the look at the version: an old Node may not be able to run them.
const [{ processIo }, { unchangedText }] = await Promise.all([
  import("./process-io.ts"),
  import("./unchanged.ts"),
]);
const argv = process.argv.slice(2);
const io = processIo(process);
const text = unchangedText(argv, io);
if (text !== null) io.stdout.write(text);
// Host modules that `run` imported may hold pools and timers; waiting for them would hang a finished command.
await io.leave(text === null ? await command() : 0);

async function command(): Promise<number> {
  const [name = "", ...flags] = argv;
  const isWatching = flags.some((flag) => flag === "--watch" || flag === "-w");
  if ((name === "generate" || name === "check") && !isWatching) leaveUnoptimized();
  // Behind the flags: V8 refuses code that was cached under others, and the folder of the cache is named by those it is turned on under.
  // An import of the module would load all that it exports; of `node:fs`, streams too.
  process.getBuiltinModule("node:module").enableCompileCache();
  const { cli } = await import("./cli.ts");
  return cli(argv, io);
}
