/**
 * Scripts as a tool of the AI SDK. What a run does is streamed as preliminary results; at its end the model is given text, and the program the same as data.
 */
import type { JSONSchema7, Tool, ToolExecutionOptions } from "ai";
import type { HostContext } from "../registry/call-context.ts";
import type { Answer } from "../script-tool/answer.ts";
import type { ScriptCall } from "../script-tool/call.ts";
import { toolNames } from "../script-tool/description.ts";
import { loadPeer } from "../optional-peers/load-peer.ts";
import {
  option,
  packageMissing,
  refuseUnknown,
  scriptToolOptionNames,
  type OptionNames,
  type ScriptToolOptions,
} from "../script-tool/options.ts";
import { createScriptTool, type ScriptSession, type ScriptTool } from "../script-tool/tool.ts";
import { Activity, type CallCount } from "./activity.ts";

export interface ScriptToolsOptions<Prefix extends string = ""> extends ScriptToolOptions {
  /** Hears of what the model is not told: errors of the host, which may name its files. */
  readonly onFault?: (error: unknown) => void;
  /**
   * Of `createScriptTools` alone: stands before the names of the tools, so that a model can be given those of several contracts: `sales_` makes `sales_run_script`. At most 40 letters, digits, `_` and `-`, the first a letter or `_`.
   * Default: none.
   */
  readonly prefix?: Prefix;
}

const optionNames: OptionNames<ScriptToolsOptions> = {
  ...scriptToolOptionNames,
  onFault: true,
  prefix: true,
};

/** What a run has given, or with the status `running` what it has done so far. Plain JSON, whatever the script gave. */
export type ScriptToolOutput = Omit<Answer, "status" | "structured"> & {
  readonly status: Answer["status"] | "running";
  /** Calls of bindings, each by its name. */
  readonly calls: readonly CallCount[];
};

/** The tools for `generateText`, `streamText` and agents, with what `prefix` says before their names. */
export type ScriptToolSet<Prefix extends string = ""> = {
  readonly [Name in keyof NamedTools as `${Prefix}${Name}`]: NamedTools[Name];
};

interface NamedTools {
  readonly run_script: Tool<ScriptCall, ScriptToolOutput>;
  /** There when the description of `run_script` has no room for all of the API. */
  readonly search_api?: Tool<{ words: string }, string>;
  readonly describe_api?: Tool<{ path: string }, string>;
}

export interface ScriptTools<Prefix extends string = ""> extends AsyncDisposable {
  readonly tools: ScriptToolSet<Prefix>;
  /** Ends what is running and frees the workers. Twice is fine. */
  dispose(): Promise<void>;
}

/**
 * Makes the tools, and the sandbox behind them: make them once for a program, and not for each request. What the SDK passes on as the context of `run_script` is what host functions find as
 * `callContext().context`.
 *
 * Throws a `SandboxError`, `ERR_SANDBOX_OPTION`, for options that cannot be meant, and `ERR_SANDBOX_PACKAGE` where `ai` is not installed.
 *
 * @example
 * const { tools, dispose } = await createScriptTools({ registry, contract });
 * const { text } = await generateText({ model, tools, stopWhen: isStepCount(8), prompt: "What did Ada order last?" });
 * await dispose();
 */
export async function createScriptTools<const Prefix extends string = "">(
  options: ScriptToolsOptions<Prefix>,
): Promise<ScriptTools<Prefix>> {
  refuseUnknown("createScriptTools", options, optionNames);
  const { onFault, prefix = "", ...given } = options;
  // Each provider takes names of 64 letters, and some none that begins with a digit or `-`.
  if (typeof prefix !== "string" || !/^(?:[a-zA-Z_][\w-]{0,39})?$/u.test(prefix))
    throw option(
      "prefix: expected at most 40 letters, digits, `_` and `-`, the first a letter or `_`, as in `sales_`.",
    );
  const script = await createScriptTool(given, prefix);
  const { tool, jsonSchema } = await loadPeer({
    name: "ai",
    who: "A tool of the AI SDK",
    load: () => import("ai"),
    refuse: packageMissing,
  });
  const session = script.open();
  session.warm();
  const textSchema = <Name extends string>(name: Name, description: string) =>
    jsonSchema<Record<Name, string>>(
      {
        type: "object",
        properties: { [name]: { type: "string", description } },
        required: [name],
        additionalProperties: false,
      },
      {
        validate: (value) =>
          typeof (value as Record<string, unknown> | null)?.[name] === "string"
            ? { success: true, value: value as Record<Name, string> }
            : { success: false, error: new Error(`\`${name}\`: expected a text.`) },
      },
    );
  const run_script: NamedTools["run_script"] = tool<ScriptCall, ScriptToolOutput, Record<string, unknown>>({
    description: script.description,
    // What was given is checked where it is run, in words that it can be mended from.
    inputSchema: jsonSchema<ScriptCall>(script.inputSchema as JSONSchema7),
    execute: (call, execution) => run(session, call, execution, onFault),
    toModelOutput: ({ output }) => ({
      type: output.status === "ok" ? "text" : "error-text",
      value: output.text,
    }),
  });
  const lookups = (reference: ScriptTool["reference"]): Omit<NamedTools, "run_script"> => ({
    [toolNames.search]: tool({
      description: "Finds functions that scripts may call: a line for each, its path and what it does.",
      inputSchema: textSchema("words", "Some words, for example `orders of a customer`."),
      execute: ({ words }) => reference.search(words),
    }),
    [toolNames.describe]: tool({
      description: "Shows a function, or all of a namespace, with its documentation and types.",
      inputSchema: textSchema("path", "A dotted path, for example `orders.list` or `orders`."),
      execute: ({ path }) => reference.describe(path),
    }),
  });
  const dispose = (): Promise<void> => session.close();
  const named: NamedTools = { run_script, ...(script.omitted.length > 0 && lookups(script.reference)) };
  const prefixed = Object.entries(named).map(([name, one]) => [prefix + name, one]);
  return {
    tools: Object.fromEntries(prefixed) as ScriptToolSet<Prefix>,
    dispose,
    [Symbol.asyncDispose]: dispose,
  };
}

/** The last value is the result: the SDK takes no notice of what a generator returns. */
async function* run(
  session: ScriptSession,
  call: unknown,
  { abortSignal, context }: ToolExecutionOptions<unknown>,
  onFault: ((error: unknown) => void) | undefined,
): AsyncGenerator<ScriptToolOutput> {
  const activity = new Activity();
  const running = session
    .run(call, {
      onProgress: (progress) => activity.add(progress),
      ...(abortSignal && { signal: abortSignal }),
      ...(context !== undefined && { context: context as HostContext }),
      ...(onFault && { onFault }),
    })
    .finally(() => activity.end());
  while (await activity.changed()) {
    yield { status: "running", text: "", missing: [], console: activity.console(), calls: activity.calls() };
  }
  const { structured: _whole, ...answer } = await running;
  yield { ...answer, calls: activity.calls() };
}
