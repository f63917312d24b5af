/** The three ways a command ends, and the exception that stands for the third. */

/** 0: fine. 1: findings, stale output, or a script that failed. 2: the command or the configuration cannot be used. */
export type ExitCode = 0 | 1 | 2;

/**
 * The command line or the configuration cannot be used. Printed as a message and a way out, never with a stack.
 */
export class UsageError extends Error {
  override readonly name = "UsageError";
  readonly help: string | null;

  constructor(message: string, help: string | null = null) {
    super(message);
    this.help = help;
  }
}
