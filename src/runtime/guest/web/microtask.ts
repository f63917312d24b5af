/**
 * Makes `queueMicrotask`. What its function throws is a rejection that nobody handles, so that the run ends with its name.
 * Self-contained: part of the unit `web`.
 */
import type { Primordials } from "../../crossing/primordials.ts";
import type { WebIdl } from "./web-idl.ts";

export function makeQueueMicrotask(p: Primordials, idl: WebIdl): (...args: unknown[]) => void {
  const { queueMicrotask } = {
    queueMicrotask(...args: unknown[]): void {
      idl.need(args, 1, "queueMicrotask");
      const callback = args[0];
      if (typeof callback !== "function") throw new p.TypeError("queueMicrotask: expected a function");
      const now = new p.Promise<undefined>((resolve) => {
        resolve(undefined);
      });
      p.promiseThen(
        now,
        () => {
          // What it returns is nothing to wait for.
          p.apply(callback, undefined, p.list());
        },
        undefined as never,
      );
    },
  };
  return queueMicrotask;
}
