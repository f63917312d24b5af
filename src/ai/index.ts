/** `isobind/ai`: scripts as a tool of the AI SDK, version 7. Loads the package `ai` when tools are made. */
export {
  createScriptTools,
  type ScriptTools,
  type ScriptToolsOptions,
  type ScriptToolOutput,
  type ScriptToolSet,
} from "./script-tools.ts";
export type { CallCount } from "./activity.ts";
export { fromAiTools, type AiToolsOptions } from "../tools/ai.ts";
