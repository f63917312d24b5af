/**
 * Watchdog: a thread of the worker that guards what the worker's main thread cannot, because a script holds it: resident memory,
 * processor time, the parent's life, and, when the supervisor itself is stuck or gone, the wall clock. It works on every platform and in
 * any state of the main thread; it can only end the whole process, and that is what it is for.
 */
import { writeSync } from "node:fs";
import { workerData } from "node:worker_threads";
import { die } from "./die.ts";
import { lastWords } from "./last-words.ts";
import { word, type WatchdogData } from "./watch.ts";

/** How often a running script is looked at. It can touch some 20 MB of new memory in between. */
const periodMs = 10;

/** Without a run only the parent is watched, and the main thread's blocking read sees that one's end too. */
const idlePeriodMs = 1_000;

/** The guest side and the supervisor act first and know more; these are the times and amounts after which they have failed. */
const wallGraceMs = 1_000;
const cpuGraceMs = 100;

const mebibyte = 1024 * 1024;

const { shared, supervisorPid, baseBytes } = workerData as WatchdogData;
const words = new Int32Array(shared);

/**
 * What a process with this isolate may hold: the isolate's heap, as much again for code, the collector and payloads in transit, and the
 * garbage of our own frames.
 */
function maxResidentBytes(memoryMb: number): number {
  return baseBytes + Math.max(2.5 * memoryMb, memoryMb + 48) * mebibyte;
}

function cpuMs(): number {
  const { user, system } = process.cpuUsage();
  return (user + system) / 1_000;
}

function end(words: string): never {
  writeSync(2, `${words}\n`);
  return die();
}

for (let seen = -1, startMs = 0, startCpuMs = 0; ;) {
  if (process.ppid !== supervisorPid) die();
  const run = Atomics.load(words, word.run);
  const running = run % 2 === 1;
  if (running && run !== seen) {
    seen = run;
    startMs = performance.now();
    startCpuMs = cpuMs();
  } else if (running) {
    if (process.memoryUsage.rss() > maxResidentBytes(words[word.memoryMb]!)) end(lastWords.memory);
    if (performance.now() - startMs > words[word.wallMs]! + wallGraceMs) end(lastWords.timeout);
    if (cpuMs() - startCpuMs > words[word.cpuMs]! + cpuGraceMs) end(lastWords.timeout);
  }
  Atomics.wait(words, word.run, run, running ? periodMs : idlePeriodMs);
}
