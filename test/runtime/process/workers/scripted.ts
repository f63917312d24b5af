/**
 * A worker whose guest is no isolate: the script is a function body that gets the port itself. Shows what the process runner does when
 * everything behind the pipe misbehaves. V8 has no part in it.
 */
import { writeSync } from "node:fs";
import type { Message } from "../../../../src/runtime/crossing/message.ts";
import type { CreateGuest, GuestOutcome, HostPort } from "../../../../src/runtime/seam.ts";
import { startWatch } from "../../../../src/runtime/process/worker/watch.ts";
import { serve } from "../../../../src/runtime/process/worker/serve.ts";
import { messageOf, openDelivery, type OpenReply } from "../../support/values.ts";

const usage = { cpuMs: 0, heapBytes: 0 };

/** The port as scripts have it here: with values instead of messages. */
interface OpenPort {
  callSync(id: number, leaf: number, args: readonly unknown[]): OpenReply;
  callAsync(id: number, leaf: number, args: readonly unknown[]): void;
  readonly console: HostPort["console"];
}

export type Scripted = (
  port: OpenPort,
  done: (outcome: GuestOutcome) => void,
  ok: (value: unknown) => void,
  onSettle: (handler: (id: number, reply: OpenReply) => void) => void,
  raw: (bytes: Uint8Array) => void,
) => void;

const createGuest: CreateGuest = (_setup, port) => {
  let settle: (id: number, reply: OpenReply) => void = () => {};
  // The same arguments many times are one message: a worker has little memory.
  const messages = new WeakMap<object, Message>();
  const packed = (args: readonly unknown[]): Message => {
    const message = messages.get(args) ?? messageOf(args);
    messages.set(args, message);
    return message;
  };
  const openPort: OpenPort = {
    callSync: (id, leaf, args) => openDelivery(port.callSync(id, leaf, packed(args))),
    callAsync: (id, leaf, args) => port.callAsync(id, leaf, packed(args)),
    console: (level, text) => port.console(level, text),
  };
  return {
    warmUp() {},
    start(script, done) {
      const body = new Function("port", "done", "ok", "onSettle", "raw", script.source) as Scripted;
      body(
        openPort,
        done,
        (value) => done({ kind: "ok", exports: messageOf(value), usage }),
        (handler) => (settle = handler),
        (bytes) => void writeSync(4, bytes),
      );
    },
    settle(answers) {
      for (const [id, answer] of answers) settle(id, openDelivery(answer));
    },
    usage: () => usage,
    dispose() {},
  };
};

// Awake in every wait that may be: what is rare in a worker that adapts is what these tests go through.
await serve(createGuest, startWatch(), { windowMs: 0.05, isAwake: true, took() {} });
