/** Words what the runtime refuses before any script runs: a bad limit, an unsafe engine, a registry that does not fit. */
import { UsageError } from "../exit.ts";
import { dataHelp } from "./data-help.ts";

/** Errors that carry one of our codes are the user's to mend; anything else is passed on as it is. */
export function asUsageError(error: unknown): unknown {
  if (!(error instanceof Error) || !("code" in error)) return error;
  const code = String(error.code);
  if (!/^ERR_(SANDBOX|SCRIPT|REGISTRY|ENGINE|BINDING|JOURNAL|QUEUE)_/.test(code)) return error;
  return new UsageError(
    `${error.message} [${code}]`,
    dataHelp(error.message) ??
      `${isOfEngine(code) ? "`isobind doctor` looks for the cause; " : ""}\`isobind explain ${code}\` says more.`,
  );
}

/** Before any script runs, a crash is that of a worker that cannot load the engine. */
function isOfEngine(code: string): boolean {
  return code.startsWith("ERR_ENGINE_") || code === "ERR_SANDBOX_CRASHED";
}
