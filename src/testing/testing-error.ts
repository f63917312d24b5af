/** What the functions of `isobind/testing` throw, at once or from a call that a script makes. */

/** Names are permanent; each has a page, `isobind explain <code>`. */
export type TestingErrorCode =
  /** What was given as a contract is none. */
  | "ERR_TESTING_CONTRACT"
  /** An override is of a binding, or throws an error, that the contract does not declare. */
  | "ERR_TESTING_OVERRIDE"
  /** The declared type of a result has no value that could be made. */
  | "ERR_TESTING_NO_VALUE"
  /** A file of recorded calls cannot be written or read. */
  | "ERR_TESTING_RECORDING"
  /** A script to run cannot be read, or not as a module. */
  | "ERR_TESTING_SCRIPT"
  /** A script made a call that was not recorded. */
  | "ERR_TESTING_UNRECORDED";

/**
 * A mistake in a test, or a call of a script that a recording has no answer for.
 *
 * @example
 * try {
 *   mockRegistry({});
 * } catch (error) {
 *   if (error instanceof TestingError) console.error(error.code, error.message);
 * }
 */
export class TestingError extends Error {
  readonly code: TestingErrorCode;

  constructor(code: TestingErrorCode, message: string, options?: ErrorOptions) {
    super(message, options);
    this.code = code;
  }

  override get name(): string {
    return "TestingError";
  }
}
