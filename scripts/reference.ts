/**
 * Makes `docs/reference.md`: every option of the config and of the functions that the entries export, with its type and its documentation as
 * they stand in the sources. A test holds the page to what this makes.
 */
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { format, resolveConfig } from "prettier";
import { ts } from "ts-morph";
import { limitTable } from "../src/runtime/limits.ts";

const root = fileURLToPath(new URL("..", import.meta.url));
const page = join(root, "docs/reference.md");

interface Part {
  readonly title: string;
  readonly text: string;
  /** Interfaces whose members are the options, as `file#Name`; a member of an earlier one hides a later one of its name. */
  readonly from: readonly string[];
}

const parts: readonly Part[] = [
  {
    title: "The config",
    text: "What `bindings.config.ts` exports by default, typed by `defineConfig`. `definition` is one file, or a list of objects with these options for several contracts; what is set beside the list holds for all of them.",
    from: ["src/config/config.ts#ContractConfig"],
  },
  {
    title: "pack in the config",
    text: "What `isobind pack` writes (see [a package for the people who write scripts](pack.md)).",
    from: ["src/config/config.ts#PackConfig"],
  },
  {
    title: "createSandbox",
    text: "`createSandbox(options)` of `isobind/runtime`. An option that does not exist is refused with `ERR_SANDBOX_OPTION`.",
    from: [
      "src/runtime/sandbox-options.ts#SandboxSettings",
      "src/runtime/sandbox-options.ts#AnyGlobals",
      "src/runtime/create-runner.ts#PlacementOptions",
      "src/runtime/regional.ts#RegionalOptions",
    ],
  },
  {
    title: "run",
    text: "`sandbox.run(source, options)`. `context` is beside them: a value for host functions and hooks of this run, which the script never sees (see [the runtime](runtime.md)). `answer` and `onDoubt` are for a run with a [journal](journal.md).",
    from: ["src/runtime/run-options.ts#RunSettings", "src/runtime/journal/options.ts#JournalOptions"],
  },
  {
    title: "fileJournal",
    text: "`fileJournal(path, options)` of `isobind/runtime` (see [runs that are gone on with](journal.md)). `memoryJournal(bytes)` takes no options.",
    from: ["src/runtime/journal/file.ts#FileJournalOptions"],
  },
  {
    title: "openQueue",
    text: "`openQueue(options)` of `isobind/queue` (see [a queue of scripts](queue.md)).",
    from: ["src/queue/script-queue.ts#QueueOptions"],
  },
  {
    title: "enqueue",
    text: "`queue.enqueue(source, input, options)`; `enqueue(source, input, { queue, ...options })` of `isobind/queue` is the same.",
    from: ["src/queue/script-queue.ts#EnqueueOptions"],
  },
  {
    title: "createQueueWorker",
    text: "`createQueueWorker(options)` of `isobind/queue`.",
    from: ["src/queue/worker.ts#QueueWorkerOptions"],
  },
  {
    title: "createChecker",
    text: "`createChecker(options)` of `isobind/scripts` (see [checks as an API](scripts.md#checks-as-an-api)); `checker.check(source, { filename, kind })` takes what a run is given under these names.",
    from: ["src/scripts/checker.ts#CheckerOptions"],
  },
  {
    title: "prompt",
    text: "`prompt(contract, options)` of `isobind/prompt` (see [an API for a language model](prompt.md)).",
    from: ["src/prompt/prompt.ts#PromptOptions"],
  },
  {
    title: "Tools for models",
    text: "What `createScriptTools(options)` of `isobind/ai` (see [a tool for the AI SDK](ai.md)) and the servers of `isobind/mcp` take beside all of `createSandbox`; `typecheck` is `error` there unless you say otherwise.",
    from: ["src/script-tool/options.ts#ScriptToolOptions", "src/ai/script-tools.ts#ScriptToolsOptions"],
  },
  {
    title: "MCP servers",
    text: "`serveStdio(options)`, `createMcpHandler(options)` and `serveHttp(options)` of `isobind/mcp` (see [an MCP server](mcp.md)), beside the above. The first takes those without a place; `port`, `host`, `path` and `authenticate` are of `serveHttp` alone.",
    from: [
      "src/mcp/options.ts#McpOptions",
      "src/mcp/http/handler.ts#McpHandlerOptions",
      "src/mcp/http/serve.ts#HttpOptions",
    ],
  },
  {
    title: "fromMcp",
    text: "`fromMcp(client, tools, options)` of `isobind/tools` (see [tools as bindings](import.md)).",
    from: ["src/tools/mcp.ts#McpToolsOptions"],
  },
  {
    title: "fromOpenApi",
    text: "`fromOpenApi(document, tools, options)` of `isobind/tools`.",
    from: ["src/tools/openapi/openapi.ts#OpenApiOptions"],
  },
  {
    title: "fromAiTools",
    text: "`fromAiTools(tools, imported, options)` of `isobind/tools`.",
    from: ["src/tools/ai.ts#AiToolsOptions"],
  },
  {
    title: "fromJsonSchema",
    text: "`fromJsonSchema(list, tools, options)` of `isobind/tools`.",
    from: ["src/tools/json-schema.ts#JsonSchemaOptions"],
  },
  {
    title: "formatError",
    text: "`formatError(result.error, options)` of `isobind/runtime`.",
    from: ["src/runtime/explain/format-error.ts#FormatErrorOptions"],
  },
  {
    title: "mockRegistry",
    text: "`mockRegistry(contract, options)` of `isobind/testing` (see [tests](testing.md)).",
    from: ["src/testing/mock-registry.ts#MockOptions"],
  },
  {
    title: "mockScripts",
    text: "`mockScripts(contract, options)` of `isobind/testing`: those of `mockRegistry` and these.",
    from: ["src/testing/mock-scripts.ts#MockScriptsOptions"],
  },
  {
    title: "mockGlobals",
    text: "`mockGlobals(contract, options)` of `isobind/testing` (see [tests](testing.md)).",
    from: ["src/testing/mock-globals.ts#MockGlobalsOptions"],
  },
  {
    title: "mockInput",
    text: "`mockInput(contract, options)` of `isobind/testing`.",
    from: ["src/testing/mock-input.ts#MockInputOptions"],
  },
  {
    title: "record",
    text: "`record(registry, file, options)` of `isobind/testing`. `replay(file)` takes no options.",
    from: ["src/testing/recording/record.ts#RecordOptions"],
  },
  {
    title: "The build plugin",
    text: "`isobind/vite`, `isobind/rollup`, `isobind/rolldown`, `isobind/webpack`, `isobind/rspack` and `isobind/esbuild` take the same options.",
    from: ["src/plugin/options.ts#PluginOptions"],
  },
  {
    title: "generate and check",
    text: "`generate(config, options)` and `check(config, options)` of `isobind/generator`; the latter always compares. The config is an object, a path, or left out.",
    from: ["src/generator/generate.ts#GenerateOptions"],
  },
  {
    title: "diff",
    text: "`diff(config, options)` of `isobind/generator`.",
    from: ["src/changes/diff-project.ts#DiffProjectOptions"],
  },
];

interface Option {
  readonly name: string;
  readonly isRequired: boolean;
  readonly type: string;
  readonly doc: string;
}

/** The page as Markdown. Throws when an option has no documentation. */
export async function reference(): Promise<string> {
  const sections = parts.map(({ title, text, from }) => `## ${title}\n\n${text}\n\n${table(from)}`);
  const limits = `## limits\n\nOf a sandbox, and tighter ones of a run. None can be switched off.\n\n${limitRows()}`;
  sections.splice(2, 0, limits);
  const text = `# Reference\n\nMade from the types by \`scripts/reference.ts\`.\n\n${sections.join("\n\n")}\n`;
  return format(text, { ...(await resolveConfig(page)), parser: "markdown" });
}

function table(from: readonly string[]): string {
  const options = new Map<string, Option>();
  for (const option of from.flatMap(optionsOf))
    if (!options.has(option.name)) options.set(option.name, option);
  const rows = [...options.values()].map(
    ({ name, isRequired, type, doc }) =>
      `| \`${name}\`${isRequired ? " (required)" : ""} | ${code(type)} | ${cell(doc)} |`,
  );
  return ["| option | type | meaning |", "|---|---|---|", ...rows].join("\n");
}

function limitRows(): string {
  const docs = new Map(optionsOf("src/runtime/limits.ts#Limits").map(({ name, doc }) => [name, doc]));
  const rows = Object.entries(limitTable).map(([name, { default: value, min, max, reason }]) => {
    const doc = docs.get(name);
    if (doc === undefined) throw new Error(`The limit ${name} is not documented.`);
    return `| \`${name}\` | ${cell(doc)} | ${number(value)} | ${number(min)} | ${number(max)} | ${cell(reason)} |`;
  });
  return ["| limit | meaning | default | least | most | why |", "|---|---|---|---|---|---|", ...rows].join(
    "\n",
  );
}

function optionsOf(place: string): readonly Option[] {
  const [file = "", name = ""] = place.split("#");
  const source = ts.createSourceFile(
    file,
    readFileSync(join(root, file), "utf8"),
    ts.ScriptTarget.Latest,
    true,
  );
  const found = source.statements.find(
    (one): one is ts.InterfaceDeclaration => ts.isInterfaceDeclaration(one) && one.name.text === name,
  );
  if (found === undefined) throw new Error(`${file} has no interface ${name}.`);
  return found.members.filter(ts.isPropertySignature).map((member) => {
    const option = member.name.getText(source);
    const doc = ts
      .getJSDocCommentsAndTags(member)
      .filter(ts.isJSDoc)
      .map(({ comment }) => ts.getTextOfJSDocComment(comment) ?? "")
      .join(" ");
    if (doc === "") throw new Error(`${file}: the option ${name}.${option} is not documented.`);
    const written = member.type?.getText(source) ?? "unknown";
    // A reader is told what a type parameter may be.
    const parameter = found.typeParameters?.find((one) => one.name.text === written);
    const type = parameter?.constraint?.getText(source) ?? written;
    return { name: option, isRequired: member.questionToken === undefined, type, doc };
  });
}

const oneLine = (text: string): string => text.replace(/\s+/gu, " ").trim();
const cell = (text: string): string => oneLine(text).replaceAll("|", "\\|");
const code = (type: string): string => `\`${cell(type.replace(/\breadonly /gu, ""))}\``;
const number = (value: number): string => value.toLocaleString("en");

if (process.argv[1] === fileURLToPath(import.meta.url)) writeFileSync(page, await reference());
