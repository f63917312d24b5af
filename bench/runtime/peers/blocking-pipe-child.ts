/** The child of `blocking-pipe.ts`. */
import { readSync, writeSync } from "node:fs";
import { deserialize, serialize } from "node:v8";

const header = Buffer.alloc(4);

function readFully(buffer: Buffer): void {
  let at = 0;
  while (at < buffer.length) {
    const read = readSync(3, buffer, at, buffer.length - at, null);
    if (read === 0) process.exit(0);
    at += read;
  }
}

function receive(): unknown[] {
  readFully(header);
  const body = Buffer.allocUnsafe(header.readUInt32LE(0));
  readFully(body);
  return deserialize(body) as unknown[];
}

function send(message: unknown): void {
  const body = serialize(message);
  const frame = Buffer.allocUnsafe(4 + body.length);
  frame.writeUInt32LE(body.length, 0);
  body.copy(frame, 4);
  let at = 0;
  while (at < frame.length) at += writeSync(4, frame, at);
}

const waiting = new Map<unknown, (value: unknown) => void>();
let next = 0;
const AsyncFunction = (async () => {}).constructor as new (
  ...text: string[]
) => (b: unknown) => Promise<void>;

function bind(names: readonly string[]): Record<string, (...args: unknown[]) => unknown> {
  const b: Record<string, (...args: unknown[]) => unknown> = {};
  for (const name of names) {
    b[name] = name.endsWith("Async")
      ? (...args) =>
          new Promise((resolve) => {
            waiting.set(++next, resolve);
            send(["call", next, name, args]);
          })
      : (...args) => {
          send(["call", 0, name, args]);
          const [, failed, value] = receive();
          if (failed) throw new Error(String(value));
          return value;
        };
  }
  return b;
}

for (;;) {
  const [, names, body] = receive() as [string, string[], string];
  let done = false;
  void new AsyncFunction("b", body)(bind(names)).then(
    () => ((done = true), send(["done"])),
    (error: unknown) => ((done = true), send(["failed", 0, String(error)])),
  );
  await Promise.resolve();
  while (!done) {
    if (waiting.size > 0) {
      const [id, , value] = receive();
      waiting.get(id)?.(value);
      waiting.delete(id);
    }
    // Let the microtasks of the answer run before blocking again.
    await new Promise((resolve) => process.nextTick(resolve));
  }
}
