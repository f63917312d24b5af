/**
 * Says how a run ended in the words of the original: an exit code, an error message, exports.
 */
import type { RunResult as SandboxResult } from "../runtime/result.ts";
import { explainMissing } from "./unsupported.ts";

export interface ExecResult {
  /** 0: fine. 1: the script failed. 124: out of time. */
  readonly code: number;
  readonly errorMessage?: string;
}

export interface RunResult<T = unknown> extends ExecResult {
  /** `module.exports`, or the namespace of an ES module. */
  readonly exports?: T;
}

/** The exit code of `timeout(1)`, which the original uses too. */
const timeoutCode = 124;

export function toRunResult<T>(result: SandboxResult, commonjs: boolean): RunResult<T> {
  if (result.status === "ok") {
    return { code: 0, exports: (commonjs ? result.exports["default"] : result.exports) as T };
  }
  if (result.status === "timeout") return { code: timeoutCode, errorMessage: "CPU time limit exceeded" };
  const { name, message } = result.error;
  const text = explainMissing(name, message);
  return { code: 1, errorMessage: name === "Error" || name === "" ? text : `${name}: ${text}` };
}
