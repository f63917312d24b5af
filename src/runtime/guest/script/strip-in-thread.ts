/**
 * Strips types in a thread of its own, which may die with it. About 50 ms instead of one, so only for a process whose own
 * stripper is broken. Blocks: a worker process has no event loop to come back to.
 */
import { MessageChannel, receiveMessageOnPort, Worker } from "node:worker_threads";

/** What of a stripper's error survives the way between two threads. */
export interface StripFailure {
  readonly code?: string;
  readonly message: string;
  readonly stack?: string;
}

/** A thread that does not answer is stuck in a source nobody wrote by hand. */
const maxMs = 5_000;

const program = `
const { workerData } = require("node:worker_threads");
const { stripTypeScriptTypes } = require("node:module");
process.emitWarning = () => {};
let answer;
try {
  answer = { text: stripTypeScriptTypes(workerData.source, { mode: "strip", sourceUrl: workerData.filename }) };
} catch (error) {
  answer = { failure: { code: error.code, message: error.message, stack: error.stack } };
}
workerData.port.postMessage(answer);
Atomics.store(workerData.signal, 0, 1);
Atomics.notify(workerData.signal, 0);
`;

/** Returns the stripped text, or throws a `StripFailure`. */
export function stripInThread(source: string, filename: string): string {
  const { port1, port2 } = new MessageChannel();
  const signal = new Int32Array(new SharedArrayBuffer(4));
  const worker = new Worker(program, {
    eval: true,
    workerData: { source, filename, signal, port: port2 },
    transferList: [port2],
    env: {},
    execArgv: [],
  });
  worker.on("error", () => {});
  worker.unref();
  try {
    Atomics.wait(signal, 0, 0, maxMs);
    const received = receiveMessageOnPort(port1)?.message as
      { text?: string; failure?: StripFailure } | undefined;
    if (received?.text !== undefined) return received.text;
    throw received?.failure ?? { message: "no answer" };
  } finally {
    port1.close();
    void worker.terminate();
  }
}
