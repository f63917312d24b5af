/** Errors of `isobind/tools`: those its caller gets, and those that a script gets of a call. */
import type { PeerProblem } from "../optional-peers/load-peer.ts";

/**
 * `ERR_TOOLS_SOURCE`: what was given is no list of tools or cannot be read. `ERR_TOOLS_NAME`: two tools would have one name, or one has none.
 * `ERR_TOOLS_CHANGED`: the far side is not what the definition was made from. `ERR_TOOLS_OPTION`: an option that does not exist. `ERR_TOOLS_PACKAGE`: a
 * package that reads tools is not installed, or in another version.
 */
export type ToolsErrorCode =
  "ERR_TOOLS_SOURCE" | "ERR_TOOLS_NAME" | "ERR_TOOLS_CHANGED" | "ERR_TOOLS_OPTION" | "ERR_TOOLS_PACKAGE";

/** Thrown at the host. */
export class ToolsError extends Error {
  readonly code: ToolsErrorCode;
  /** What to do: full sentences. */
  readonly help: string;

  constructor(code: ToolsErrorCode, message: string, help: string, options?: ErrorOptions) {
    super(`${message} ${help}`, options);
    this.name = "ToolsError";
    this.code = code;
    this.help = help;
  }
}

/** A package that reads tools is not there. */
export function peerMissing({ message, help, cause }: PeerProblem): ToolsError {
  return new ToolsError("ERR_TOOLS_PACKAGE", message, help, { cause });
}

/**
 * `ERR_TOOL_ARGUMENT`: an argument breaks a bound that its type cannot say, and the far side was not called. `ERR_TOOL_FAILED`: the far side answered
 * with an error, or not at all. `ERR_TOOL_RESULT`: its answer is not what it promised.
 */
export type ToolErrorCode = "ERR_TOOL_ARGUMENT" | "ERR_TOOL_FAILED" | "ERR_TOOL_RESULT";

/** What a call throws; the definition declares it, so a script gets it with its data. */
export class ToolError extends Error {
  readonly code: ToolErrorCode;
  /** The far side's name of the tool. */
  readonly tool: string;

  constructor(code: ToolErrorCode, tool: string, message: string, options?: ErrorOptions) {
    super(message, options);
    this.name = "ToolError";
    this.code = code;
    this.tool = tool;
  }
}

/** An HTTP answer that is no success, of an operation of an OpenAPI document. */
export class HttpError extends Error {
  readonly code = "ERR_TOOL_FAILED";
  readonly tool: string;
  readonly status: number;
  /** JSON where the answer says that it is JSON, else text; `null` when there is none. */
  readonly body: unknown;

  constructor(tool: string, status: number, body: unknown) {
    super(`\`${tool}\` was answered with status ${status}.`);
    this.name = "HttpError";
    this.tool = tool;
    this.status = status;
    this.body = body;
  }
}

/** What a client or a tool has thrown, as the error of a call: the first 4,000 characters of its message. */
export function farFailure(tool: string, thrown: unknown): ToolError {
  if (thrown instanceof ToolError) return thrown;
  const message = thrown instanceof Error ? thrown.message : String(thrown);
  return new ToolError(
    "ERR_TOOL_FAILED",
    tool,
    message.slice(0, 4000) || "The tool failed, and did not say why.",
  );
}
