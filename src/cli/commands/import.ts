/** `isobind import`: writes a definition of tools that exist elsewhere. */
import { readFileSync } from "node:fs";
import { resolve } from "node:path";
import { InvalidArgumentError, Option, type Command } from "commander";
import { isSystemError, reasonOf } from "../../files/system-error.ts";
import { visible } from "../../model/names.ts";
import { didYouMean } from "../../model/suggest.ts";
import { sourceKinds, type SourceKind } from "../../tools/tool.ts";
import { replaceFile } from "../replace-file.ts";
import { UsageError, type ExitCode } from "../exit.ts";
import { printFindings } from "../findings.ts";
import { findSource, refuseSource, type SourceFlags } from "../import/source.ts";
import type { Io } from "../io.ts";
import { examples } from "../examples.ts";

interface ImportFlags extends SourceFlags {
  readonly out: string;
  readonly check?: true;
  readonly only?: readonly string[];
  readonly rename?: { readonly [tool: string]: string };
}

export function define(command: Command): void {
  command
    .argument("<kind>", "mcp, openapi, ai or json-schema")
    .argument("[source...]", "a file; for mcp the command of a server, behind `--`")
    .option("-o, --out <file>", "the definition to write", "bindings.ts")
    .option("--check", "write nothing; say whether the far side has changed")
    .option("--only <tools>", "these tools, their names with commas between them", listed)
    .option("--rename <tool=name>", "the binding of a tool; can be repeated", renamed, {})
    .option("--url <address>", "mcp: a server over HTTP, instead of a command")
    .option("--header <line>", "mcp: a header for that server; can be repeated", repeated, [])
    .addOption(
      new Option(
        "--content <what>",
        "mcp: what tools without a schema of their result give (default: text)",
      ).choices(["text", "blocks"]),
    )
    .addOption(
      new Option("--tree <by>", "openapi: how operations become namespaces (default: tags)").choices([
        "tags",
        "paths",
        "flat",
      ]),
    )
    .addOption(
      new Option(
        "--parameters <how>",
        "openapi: all beside each other, or in path, query and headers (default: flat)",
      ).choices(["flat", "grouped"]),
    )
    .option("--export <name>", "ai: the export that holds the tools (default: tools, else the default)");
  examples(
    command,
    [
      ["isobind import mcp -- npx @example/server", "the tools of an MCP server"],
      ["isobind import openapi petstore.yaml --out pets.ts", "the operations of an API"],
      ["isobind import ai src/tools.ts --out agent.ts", "tools of the AI SDK"],
      ["isobind import mcp --check -- npx @example/server", "in CI: has the server changed?"],
    ],
    "The file is replaced whole. `isobind generate` makes a registry of it, as of any definition;\n`isobind/tools` has the functions that call the tools.",
  );
}

export async function run(io: Io, command: Command): Promise<ExitCode> {
  const flags = command.opts<ImportFlags>();
  const [kindWord, ...words] = command.args;
  const kind = kindOf(kindWord);
  refuseStrange(command, kind);
  refuseSource(kind, words, flags);
  const out = resolve(io.cwd, flags.out);
  const found = readFound(out, flags.out);
  const { isImported } = await import("../../tools/definition/drift.ts");
  if (found !== null && !isImported(found)) {
    throw new UsageError(
      `\`${flags.out}\` was not written by \`isobind import\`.`,
      "It would be replaced whole. Name another file with `--out`.",
    );
  }
  const made = await make(io, kind, words, flags);
  if (flags.check) return await check(io, flags.out, found, made);
  // Names of the far side are in them, and may speak to a terminal.
  for (const line of made.remarks) io.stderr.write(`${visible(line)}\n`);
  const isSame = found === made.text;
  if (!isSame) replaceFile(out, made.text, flags.out);
  await printFiles(io, flags.out, isSame ? "unchanged" : "written");
  return 0;
}

interface Made {
  readonly text: string;
  readonly remarks: readonly string[];
  readonly drift: (found: string) => readonly string[];
}

async function make(io: Io, kind: SourceKind, words: readonly string[], flags: ImportFlags): Promise<Made> {
  const { ToolsError } = await import("../../tools/tools-error.ts");
  const { place } = await import("../../tools/names.ts");
  const { pinsOf, planOf } = await import("../../tools/plan.ts");
  const { definitionText } = await import("../../tools/definition/definition.ts");
  const { drift } = await import("../../tools/definition/drift.ts");
  try {
    const source = await findSource(io, kind, words, flags);
    const placed = place(source.tools, flags);
    const plan = planOf(source, placed);
    return {
      text: definitionText(plan),
      remarks: [
        ...source.left,
        ...placed
          .filter(({ tool, path }) => tool.place.join(".") !== path.join("."))
          .map(({ tool, path }) => `\`${tool.name}\` is called \`${path.join(".")}\`.`),
        ...plan.notes.map(({ at, message }) => `warning: ${at}: ${message}`),
      ],
      drift: (found) => drift(found, pinsOf(plan)),
    };
  } catch (error) {
    if (!(error instanceof ToolsError)) throw error;
    const said = error.message.slice(0, -error.help.length).trim();
    throw new UsageError(said.slice(0, 1).toLowerCase() + said.slice(1), error.help);
  }
}

async function check(io: Io, out: string, found: string | null, made: Made): Promise<ExitCode> {
  const { isCurrent } = await import("../../tools/definition/drift.ts");
  if (found === null) {
    await printFiles(io, out, "missing");
    return 1;
  }
  if (await isCurrent(found, made.text)) {
    await printFiles(io, out, "unchanged");
    return 0;
  }
  const changes = made.drift(found).map(visible);
  io.stdout.write(`${(changes.length > 0 ? changes : ["what is only read has changed"]).join("\n")}\n`);
  await printFiles(io, out, "stale");
  return 1;
}

async function printFiles(
  io: Io,
  path: string,
  status: "written" | "unchanged" | "stale" | "missing",
): Promise<void> {
  const findings = { ok: true, diagnostics: [], files: [{ path, status }] };
  await printFindings(io, findings, { format: "text", root: io.cwd });
}

/** `null` when there is no such file. */
function readFound(file: string, shown: string): string | null {
  try {
    return readFileSync(file, "utf8");
  } catch (error) {
    if (isSystemError(error, "ENOENT")) return null;
    throw new UsageError(`\`${shown}\` cannot be read: ${reasonOf(error)}.`, otherFile);
  }
}

const otherFile = "Name another file with `--out`.";

function kindOf(kind: string | undefined): SourceKind {
  const known = sourceKinds.find((one) => one === kind);
  if (known !== undefined) return known;
  throw new UsageError(
    `there is nothing to import from \`${kind ?? ""}\`.${didYouMean(kind ?? "", sourceKinds)}`,
    `Name one of ${sourceKinds.join(", ")}.`,
  );
}

/** Flags that say something of one kind alone. */
const flagsOf = {
  mcp: ["url", "header", "content"],
  openapi: ["tree", "parameters"],
  ai: ["export"],
  "json-schema": [],
} as const satisfies Readonly<Record<SourceKind, readonly string[]>>;

/** A flag of another kind would change nothing, and whoever wrote it would not hear of it. */
function refuseStrange(command: Command, kind: SourceKind): void {
  for (const other of sourceKinds) {
    const strange = flagsOf[other].find((flag) => command.getOptionValueSource(flag) === "cli");
    if (other === kind || strange === undefined) continue;
    const own = flagsOf[kind].map((flag) => `\`--${flag}\``).join(", ");
    throw new UsageError(
      `\`--${strange}\` is for \`isobind import ${other}\`, and says nothing of ${kind}.`,
      `Leave it out.${own === "" ? "" : ` For ${kind} there are ${own}.`} \`isobind import --help\` lists all.`,
    );
  }
}

function listed(text: string): readonly string[] {
  return text
    .split(",")
    .map((name) => name.trim())
    .filter((name) => name !== "");
}

function renamed(
  text: string,
  before: { readonly [tool: string]: string },
): { readonly [tool: string]: string } {
  const at = text.lastIndexOf("=");
  if (at < 1 || at === text.length - 1) throw new InvalidArgumentError("write it as `tool=name`.");
  return { ...before, [text.slice(0, at)]: text.slice(at + 1) };
}

function repeated(line: string, before: readonly string[]): readonly string[] {
  return [...before, line];
}
