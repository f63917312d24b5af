/**
 * Does what every worker does first: read its setup, drop what it should not have, enter its loop: the blocking one when
 * host functions are in the supervisor, the one with an event loop when they are here.
 */
import { closeSync, readdirSync, readFileSync } from "node:fs";
import { availableParallelism } from "node:os";
import { setFlagsFromString } from "node:v8";
import { engine as chosen } from "../../engine/chosen.ts";
import { startedFlags } from "../../engine/process.ts";
import type { CreateGuest } from "../../seam.ts";
import { signalFrame } from "../wire/layout.ts";
import { AdaptiveWait, type Wait } from "../wire/adaptive-wait.ts";
import type { WorkerSetup } from "../wire/setup.ts";
import { blockingLoop } from "./blocking-loop.ts";
import { Pipe, shared, toSupervisor } from "./pipe.ts";
import type { Watch } from "./watch.ts";

/** Milliseconds a worker stays awake for an answer: long enough for a supervisor that has to be woken first. */
const windowMs = 0.05;

/** On one processor the supervisor cannot go on while its worker is awake. */
const canStayAwake = availableParallelism() > 1;

export async function serve(
  createGuest: CreateGuest,
  watch: Watch,
  wait: Wait | null = canStayAwake ? new AdaptiveWait(windowMs) : null,
): Promise<void> {
  const pipe = new Pipe(wait, watch);
  pipe.write(signalFrame("born"));
  closeStrangers();
  // A Ctrl-C goes to the whole terminal; whether it ends the supervisor's runs is for the supervisor to say.
  process.on("SIGINT", () => {});
  const frame = pipe.read();
  if (frame.kind !== "setup") throw new Error(`A worker got a ${frame.kind} frame first.`);
  const { guest: setup, concurrency, module, engine } = frame.setup as WorkerSetup;
  if (engine !== null) chosen.loadFrom(engine);
  // Meanwhile the watchdog's thread starts. Flags are of the whole process: taken back sooner, they would leave it without its collector, and have
  // V8 compile what starts it.
  chosen.load();
  watch.watches();
  for (const flag of startedFlags) setFlagsFromString(flag);
  if (module !== null) {
    const { eventLoop } = await import("./event-loop.ts");
    return eventLoop({ pipe, createGuest, setup, watch, module });
  }
  blockingLoop({ pipe, watch, createGuest, setup, concurrency });
}

/** None where there is no /proc: then what was inherited stays open, as on every system that cannot say. */
function openDescriptors(): readonly string[] {
  try {
    return readdirSync("/proc/self/fd");
  } catch {
    return [];
  }
}

const closeOnExec = 0o2000000;

/**
 * Closes descriptors that somebody above the supervisor forgot to mark as private, and that every child inherits for that reason. All of
 * Node's own carry the mark, so whatever has none and is not ours is a stranger's. (macOS and Windows pass on only what is
 * named.)
 */
function closeStrangers(): void {
  if (process.platform !== "linux") return;
  for (const name of openDescriptors()) {
    const descriptor = Number(name);
    if (descriptor <= (shared ?? toSupervisor)) continue;
    try {
      const flags = /^flags:\s*(\d+)/m.exec(readFileSync(`/proc/self/fdinfo/${name}`, "utf8"))?.[1];
      if (flags && !(Number.parseInt(flags, 8) & closeOnExec)) closeSync(descriptor);
    } catch {
      // The descriptor of the listing itself is gone by now.
    }
  }
}
