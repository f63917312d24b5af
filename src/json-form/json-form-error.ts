/**
 * Thrown by `fromJsonForm` for JSON that names a type there is none of, or lacks what its type needs.
 *
 * @example
 * try {
 *   fromJsonForm(body);
 * } catch (error) {
 *   if (error instanceof JsonFormError) reply(400, error.message);
 * }
 */
export class JsonFormError extends TypeError {
  readonly code = "ERR_JSON_FORM";
  /** Where: a JSON pointer (RFC 6901); `""` is the top. */
  readonly path: string;

  /** `hint`: sentences that follow. */
  constructor(path: string, what: string, hint = "") {
    super(
      `the input is not in the JSON form: the value at ${path === "" ? "the top" : path} ${what}.${hint}`,
    );
    this.path = path;
  }

  override get name(): string {
    return "JsonFormError";
  }
}
