/**
 * Shares scripts among threads, when there are many. Each has a compiler of its own, which takes a while to start and keeps its libraries and syntax trees for itself, so
 * that few scripts are not worth one.
 */
import { getCompileCacheDir } from "node:module";
import { availableParallelism } from "node:os";
import { dirname } from "node:path";
import { Worker } from "node:worker_threads";
import type { OnChecked } from "../check-scripts.ts";
import { type About, type All, type Answers, answering } from "./part.ts";

export interface Sharing {
  /** The answers of all parts, of this thread's alone where threads are not worth it. */
  ask<A extends About>(
    about: A,
    places: readonly number[],
    onChecked?: OnChecked,
  ): Promise<readonly Answers[A][]>;
  close(): void;
}

export interface Question {
  readonly about: About;
  readonly places: readonly number[];
}

/** A thread is started with all scripts, and with the folder of this one's compile cache, because it does not have one by itself. */
export interface Start {
  readonly all: All;
  readonly cacheFolder: string | null;
}

export type Told = { readonly done: number } | { readonly answer: Answers[About] };

/** What a compiler and its scripts need, and some more. */
const bytesOfThread = 1_024 * 1_024 * 1_024;
/** Fewer are checked sooner by one compiler than two are started. */
const scriptsOfThread = 250;
const maxThreads = 4;
/** What a thread keeps busy: TypeScript 7 waits while its answers are read; the carried compiler collects garbage beside its work. */
const coresOf: Readonly<Record<About, number>> = { look: 1, check: 2 };

/** How many threads so many scripts are worth on this machine. Fewer than two: none. */
export function threadsFor(about: About, scripts: number): number {
  const cores = Math.floor(availableParallelism() / coresOf[about]);
  const room = Math.floor(process.availableMemory() / bytesOfThread);
  return Math.min(maxThreads, cores, room, Math.floor(scripts / scriptsOfThread));
}

export function openSharing(all: All, countFor = threadsFor, program = threadProgram()): Sharing {
  const threads: Thread[] = [];
  return {
    async ask(about, places, onChecked) {
      const count = countFor(about, places.length);
      if (count < 2) return [await answering[about](all, places, onChecked)];
      while (threads.length < count) threads.push(start(program, all));
      const done = new Map<Thread, number>();
      return Promise.all(
        threads.slice(0, count).map((thread, at) => {
          // Each is given every so manieth, so that all have as much to do.
          const own = places.filter((_, index) => index % count === at);
          return askThread(thread, { about, places: own }, (count) => {
            done.set(thread, count);
            onChecked?.([...done.values()].reduce((sum, one) => sum + one, 0));
          }) as Promise<Answers[typeof about]>;
        }),
      );
    },
    // Each ends by itself, and keeps the code of its compiler for the next run.
    close: () => threads.forEach(({ worker }) => worker.postMessage(null)),
  };
}

interface Thread {
  readonly worker: Worker;
  /** Rejects with what ends it, be it between two questions: whoever asks next is told. */
  readonly ended: Promise<never>;
}

function threadProgram(): URL {
  return new URL(import.meta.url.endsWith(".ts") ? "./thread.ts" : "./thread.js", import.meta.url);
}

function start(program: URL, all: All): Thread {
  const cache = getCompileCacheDir();
  const workerData: Start = { all, cacheFolder: cache === undefined ? null : dirname(cache) };
  const worker = new Worker(program, { workerData });
  const { promise: ended, reject } = Promise.withResolvers<never>();
  ended.catch(() => {});
  worker.on("error", reject);
  worker.once("exit", (code) => reject(new Error(`A thread that checks scripts has ended with ${code}.`)));
  return { worker, ended };
}

/** Rejects with what ends the thread. */
function askThread(
  { worker, ended }: Thread,
  question: Question,
  onDone: OnChecked,
): Promise<Answers[About]> {
  const { promise, resolve } = Promise.withResolvers<Answers[About]>();
  const hear = (told: Told): void => ("done" in told ? onDone(told.done) : resolve(told.answer));
  worker.on("message", hear);
  worker.postMessage(question);
  return Promise.race([promise, ended]).finally(() => worker.off("message", hear));
}
