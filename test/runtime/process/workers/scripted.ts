/**
 * A worker whose guest is no isolate: the script is a function body that gets the port itself. Shows what the process runner does when
 * everything behind the pipe misbehaves. V8 has no part in it.
 */
import { writeSync } from "node:fs";
import type { CreateGuest, GuestOutcome, HostPort, Reply } from "../../../../src/runtime/seam.ts";
import { startWatch } from "../../../../src/runtime/process/worker/watch.ts";
import { serve } from "../../../../src/runtime/process/worker/serve.ts";

const usage = { cpuMs: 0, heapBytes: 0 };

export type Scripted = (
  port: HostPort,
  done: (outcome: GuestOutcome) => void,
  ok: (value: unknown) => void,
  onSettle: (handler: (id: number, reply: Reply) => void) => void,
  raw: (bytes: Uint8Array) => void,
) => void;

const createGuest: CreateGuest = (_setup, port) => {
  let settle: (id: number, reply: Reply) => void = () => {};
  return {
    start(script, done) {
      const body = new Function("port", "done", "ok", "onSettle", "raw", script.source) as Scripted;
      body(
        port,
        done,
        (value) => done({ kind: "ok", exports: { value }, usage }),
        (handler) => (settle = handler),
        (bytes) => void writeSync(4, bytes),
      );
    },
    settle(answers) {
      for (const [id, reply] of answers) settle(id, reply);
    },
    usage: () => usage,
    dispose() {},
  };
};

await serve(createGuest, startWatch());
