/** An error of `isobind/prompt`, thrown at its caller. */

/** `ERR_PROMPT_CONTRACT`: no contract is where one was expected. `ERR_PROMPT_BUDGET`: not even the shortest text has so few tokens. `ERR_PROMPT_OPTION`: an option that does not exist. */
export type PromptErrorCode = "ERR_PROMPT_CONTRACT" | "ERR_PROMPT_BUDGET" | "ERR_PROMPT_OPTION";

export class PromptError extends Error {
  readonly code: PromptErrorCode;

  constructor(code: PromptErrorCode, message: string) {
    super(message);
    this.name = "PromptError";
    this.code = code;
  }
}
