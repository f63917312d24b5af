/** The log of a mock: every call that passed the check of its arguments, in the order in which scripts made them. */

/** One call. `result` and `error` are there once the call has been answered. */
export interface MockCall<Args extends readonly unknown[] = readonly unknown[], Result = unknown> {
  /** The dotted name, `orders.find`. */
  readonly name: string;
  readonly args: Args;
  /** What the script was given. */
  readonly result?: Result;
  /** What was thrown instead. */
  readonly error?: unknown;
}

type Answered = { -readonly [K in keyof MockCall]: MockCall[K] };

/** Calls a function, and notes in `calls` what with and what came of it. */
export function logged(
  calls: MockCall[],
  name: string,
  args: readonly unknown[],
  answer: () => unknown,
): unknown {
  const call: Answered = { name, args };
  calls.push(call);
  const failed = (error: unknown): never => {
    call.error = error;
    throw error;
  };
  const answered = (result: unknown): unknown => (call.result = result);
  let result: unknown;
  try {
    result = answer();
  } catch (error) {
    return failed(error);
  }
  return result instanceof Promise ? result.then(answered, failed) : answered(result);
}
