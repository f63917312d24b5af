/**
 * Runs the watchdog: a thread of the worker that guards what the worker's main thread cannot, because a script holds it:
 * resident memory, processor time, the parent's life, and, when the supervisor itself is stuck or gone, the wall clock. It
 * works on every platform and in any state of the main thread; it can only end the whole process, and that is what it is
 * for.
 */
import { writeSync } from "node:fs";
import { workerData } from "node:worker_threads";
import { die } from "./die.ts";
import { lastLine, unwatchedLine } from "../wire/last-words.ts";
import { residentKib } from "./resident.ts";
import { rest } from "./rest.ts";
import { word, type WatchdogData } from "./watch-words.ts";
import { now } from "../../time.ts";

/**
 * How often a running script is looked at. It can touch some 10 MB of new memory in between; once it holds half of what it may, it is
 * looked at more often.
 */
const periodMs = 5;
const closePeriodMs = 1;

/** Without a run, or while it waits, only the parent and the clock are watched; the main thread's blocking read sees the end of the parent too. */
const idlePeriodMs = 1_000;

/**
 * Where host functions are here too, the main thread waits when this process has used next to nothing (our own looks take one millisecond) in so many of them. What a host
 * function begins by itself then is seen a little later.
 */
const quietLooks = 20;
const quietMs = 4;
const quietPeriodMs = 50;

/**
 * The guest side and the supervisor act first and know more; these are the times after which they have failed. A script that computes without
 * leaving its isolate is ended here: the engine knows no processor time.
 */
const wallGraceMs = 1_000;
const cpuGraceMs = 100;

const mebibyte = 1024 * 1024;

const { shared, supervisorPid } = workerData as WatchdogData;
const words = new Int32Array(shared);

/**
 * What a process with this isolate may hold beside what it holds empty: the isolate's heap, as much again for code, the collector and payloads in transit, and the
 * garbage of our own frames.
 */
function maxGrowthBytes(memoryMb: number): number {
  return Math.max(2.5 * memoryMb, memoryMb + 48) * mebibyte;
}

/** Without what the main thread has used while it waited. */
function cpuMs(): number {
  const { user, system } = process.cpuUsage();
  return (user + system) / 1_000 - awakeMs();
}

let awakeUs = 0;
let awakeBefore = 0;

/** All of it since the process began: the word starts over after an hour. */
function awakeMs(): number {
  const counted = Atomics.load(words, word.awakeUs);
  awakeUs += (counted - awakeBefore) >>> 0;
  awakeBefore = counted;
  return awakeUs / 1_000;
}

function sayLast(line: string): void {
  try {
    writeSync(2, line);
  } catch {
    // Somebody has filled the pipe; the reason is lost, the end is not.
  }
}

function end(why: "memory" | "timeout", usedMs: number, heldBytes: number): never {
  sayLast(lastLine(why, { cpuMs: usedMs, heapBytes: Math.max(0, heldBytes) }));
  return die();
}

/**
 * A supervisor that is a thread and was terminated runs no code any more, and its process goes on: only our pipes have ended. The main thread sees that when it reads,
 * and a script may keep it from reading for ever. So while one runs, a line is sent through stderr now and then, which holds nothing
 * but last words; no frame can be cut in two by it.
 */
const pulseMs = 1_000;
let lastPulse = 0;

function expectListener(): void {
  if (now() - lastPulse < pulseMs) return;
  lastPulse = now();
  try {
    writeSync(2, "\n");
  } catch (error) {
    // Windows says `EOF` of a pipe that nobody reads. One that is full has a reader.
    if (error instanceof Error && "code" in error && (error.code === "EPIPE" || error.code === "EOF")) die();
  }
}

/** The time and processor time at which the run began that is being watched. */
interface Begun {
  readonly run: number;
  readonly ms: number;
  readonly cpuMs: number;
}

/** Ends the process when a limit is passed; otherwise says how long to sleep. */
function check(begun: Begun): number {
  expectListener();
  const held = (residentKib() - words[word.baseKib]!) * 1024;
  const allowed = maxGrowthBytes(words[word.memoryMb]!);
  const used = cpuMs() - begun.cpuMs;
  if (held > allowed) end("memory", used, held);
  if (now() - begun.ms > words[word.wallMs]! + wallGraceMs) end("timeout", used, held);
  if (used > words[word.cpuMs]! + cpuGraceMs) end("timeout", used, held);
  return held > allowed / 2 ? closePeriodMs : periodMs;
}

const isWaiting = (waits: number): boolean => (waits & 1) === 1;

/** When the main thread has nothing to do either, and waits for it. */
function restIfAsked(): void {
  const rests = Atomics.load(words, word.rests);
  if (rests === Atomics.load(words, word.rested)) return;
  rest();
  Atomics.store(words, word.rested, rests);
  Atomics.notify(words, word.rested);
}

/** The main thread wakes us before a script goes on. */
function sleepWhileItWaits(waits: number, periodMs: number): void {
  Atomics.store(words, word.sleeps, 1);
  // When it has gone on just now, the word is another and nobody sleeps.
  Atomics.wait(words, word.waits, waits, periodMs);
  Atomics.store(words, word.sleeps, 0);
}

/** The processor time before the last looks, and how many they were. */
let looks = 0;
let usedBefore = 0;
let isQuiet = false;

/**
 * For how long nobody need look at the run, because it has waited since the last look at least; 0 for one that goes on. To look at one that waits takes a hundredth of a
 * processor, which is all there is of it where two hundred wait.
 */
function waitsFor(waits: number, before: number): number {
  if (isWaiting(waits)) return waits === before ? idlePeriodMs : 0;
  if (words[word.hostIsHere] === 0) return 0;
  if (waits !== before) isQuiet = false;
  else if (isQuiet || ++looks === quietLooks) {
    const used = cpuMs();
    isQuiet = used - usedBefore < quietMs;
    usedBefore = used;
    looks = 0;
  }
  return isQuiet ? quietPeriodMs : 0;
}

function watchForEver(): never {
  Atomics.store(words, word.watches, 1);
  Atomics.notify(words, word.watches);
  for (let begun = null as Begun | null, before = 0; ;) {
    if (process.ppid !== supervisorPid) die();
    const run = Atomics.load(words, word.run);
    Atomics.store(words, word.seen, run);
    Atomics.notify(words, word.seen);
    const running = run % 2 === 1;
    if (!running) begun = null;
    else if (begun?.run !== run) begun = { run, ms: now(), cpuMs: cpuMs() };
    restIfAsked();
    const waits = Atomics.load(words, word.waits);
    const period = begun ? check(begun) : idlePeriodMs;
    const waitsMs = begun ? waitsFor(waits, before) : 0;
    if (waitsMs > 0) sleepWhileItWaits(waits, waitsMs);
    else Atomics.wait(words, word.run, run, period);
    before = waits;
  }
}

try {
  watchForEver();
} catch (error) {
  // The main thread has no moment to hear that this one has ended, and a script must not run where nobody watches it.
  sayLast(unwatchedLine(error));
  die();
}
