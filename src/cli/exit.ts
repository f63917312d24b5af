/** Declares the three ways a command ends, and the exceptions that stand for the third. */
import type { Diagnostic } from "../diagnostics/diagnostic.ts";
import { leaveNothing } from "../diagnostics/unusable.ts";

/** 0: fine. 1: findings, stale output, or a script that failed. 2: the command or the configuration cannot be used, or names what is not there. */
export type ExitCode = 0 | 1 | 2;

/** How a command ends that has looked for findings. Where it could not look, that is no finding: 2, not 1. */
export function exitCodeOf(result: {
  readonly ok: boolean;
  readonly diagnostics: readonly Diagnostic[];
}): ExitCode {
  if (result.ok) return 0;
  return leaveNothing(result.diagnostics) ? 2 : 1;
}

/**
 * The command line or the configuration cannot be used. Printed as a message and a way out, never with a stack.
 */
export class UsageError extends Error {
  override readonly name = "UsageError";
  readonly help: string | null;

  /** `help`: what to do; `null` where the message ends with it. */
  constructor(message: string, help: string | null) {
    super(message);
    this.help = help;
  }
}

/** A config that cannot be used: the findings in it, for commands that print findings, and the first of them as words. */
export class UnusableConfig extends UsageError {
  readonly diagnostics: readonly Diagnostic[];
  /** Absolute; what files in the findings are relative to. */
  readonly root: string;

  constructor(diagnostics: readonly Diagnostic[], root: string) {
    const [first] = diagnostics;
    const at = first?.file == null ? "" : ` (${first.file}${first.line === null ? "" : `:${first.line}`})`;
    super(`${first?.message ?? "the config cannot be used."}${at}`, first?.help ?? null);
    this.diagnostics = diagnostics;
    this.root = root;
  }
}
