/**
 * Calls a function in no asynchronous context at all. Whatever outlives a run (workers, their pipes, timers of a pool, prepared
 * isolates) is made there: made inside a request it would hold that request's stores as long as it lives, and run later work in them.
 *
 * Node has no word for "no context", only `AsyncLocalStorage.snapshot()`, which is the caller's: of the request, when a request is the first
 * to import this. So the stores are taken off a resource of ours, where Node keeps them under symbols. A Node that keeps them elsewhere leaves
 * the context of the import, which is empty in a program that imports at its top.
 */
import { AsyncResource } from "node:async_hooks";

const nowhere = new AsyncResource("isobind.runtime", { requireManualDestroy: true });
const ids = new Set(["async_id_symbol", "trigger_async_id_symbol"]);
for (const key of Object.getOwnPropertySymbols(nowhere)) {
  if (!ids.has(key.description ?? "")) Reflect.set(nowhere, key, undefined);
}

/**
 * Calls `run` in the empty context and gives what it gives.
 *
 * @example
 * const runner = await outside(() => createRunner(setup, limits, options));
 */
export function outside<Result>(run: () => Result): Result {
  return nowhere.runInAsyncScope(run);
}
