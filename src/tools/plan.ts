/**
 * Makes of placed tools what a definition and a call need: the node of every input and result, and a hash of each tool. Both are made here, so that what
 * is declared is what is converted and checked.
 */
import { byText } from "../model/by-text.ts";
import { sha256 } from "../model/identity/sha256.ts";
import type { Json } from "../model/json.ts";
import { canonicalText } from "../model/identity/canonical.ts";
import type { Placed } from "./names.ts";
import type { Definition, SchemaNode, SchemaNote } from "./schema/node.ts";
import { startReading } from "./schema/read.ts";
import type { ImportedTools, Source, Tool } from "./tool.ts";
import { freeNames, typeNameOf } from "./type-names.ts";

export interface PlannedTool {
  readonly tool: Tool;
  readonly path: readonly string[];
  /** What their types are called where they get a name. */
  readonly typeNames: { readonly input: string; readonly result: string };
  /** `null`: no parameter. */
  readonly input: SchemaNode | null;
  /** `null`: no result. */
  readonly result: SchemaNode | null;
  readonly hash: string;
}

export interface Plan {
  readonly source: Source;
  readonly tools: readonly PlannedTool[];
  readonly definitions: ReadonlyMap<string, Definition>;
  readonly notes: readonly SchemaNote[];
}

export function planOf(source: Source, placed: readonly Placed[]): Plan {
  const free = freeNames();
  // Before the references: the types of a tool are named for the tool.
  const names = placed.map(({ path }) => ({
    input: free(typeNameOf(path, "Input")),
    result: free(typeNameOf(path, "Result")),
  }));
  const reading = startReading((wish) => free(typeNameOf([wish])));
  const nodes = placed.map(({ tool, path }, at) => {
    const name = path.join(".");
    const node = (schema: unknown, part: string): SchemaNode | null =>
      schema === null ? null : reading.read(schema, [schema, tool.document], `${name} ${part}`);
    return {
      tool,
      path,
      typeNames: names[at] ?? { input: "", result: "" },
      input: withoutEmpty(node(tool.input, "input")),
      result: node(tool.result, "result"),
    };
  });
  return {
    source,
    tools: nodes.map((one) => ({ ...one, hash: hashOf(one, reading.definitions) })),
    definitions: reading.definitions,
    notes: reading.notes,
  };
}

/** An object without properties is what a tool without parameters asks for. */
function withoutEmpty(node: SchemaNode | null): SchemaNode | null {
  const isEmpty =
    node?.kind === "object" &&
    node.properties.length === 0 &&
    node.patterns.length === 0 &&
    (node.additional === null || node.additional.kind === "any");
  return isEmpty ? null : node;
}

/** Of what a tool is called, takes and gives, and of nothing that is only read. */
function hashOf(
  { tool, input, result }: Omit<PlannedTool, "hash">,
  definitions: ReadonlyMap<string, Definition>,
): string {
  const reached = new Map<string, SchemaNode>();
  // A list instead of a call for each: references may follow one another without end.
  const open: unknown[] = [input, result];
  while (open.length > 0) {
    const part = open.pop();
    if (typeof part !== "object" || part === null) continue;
    if ("kind" in part && part.kind === "reference" && "name" in part && typeof part.name === "string") {
      const node = definitions.get(part.name)?.node;
      if (node !== undefined && !reached.has(part.name)) {
        reached.set(part.name, node);
        open.push(node);
      }
    }
    for (const value of Object.values(part)) open.push(value);
  }
  const text = canonicalText(
    plain({
      tool: tool.name,
      route: tool.route ?? null,
      input,
      result,
      definitions: [...reached].sort(([a], [b]) => byText(a, b)),
    }),
  );
  return sha256(text).slice(0, 16);
}

function plain(value: unknown): Json {
  return JSON.parse(
    JSON.stringify(value, (key, part: unknown) =>
      key === "description" && typeof part === "string" ? undefined : part,
    ),
  ) as Json;
}

/** What a definition remembers of the far side. */
export function pinsOf({ source, tools }: Plan): ImportedTools {
  const entries = tools.map(({ path, tool, hash }) => [path.join("."), tool.name, hash] as const);
  const settings = source.settings;
  const digest = sha256(canonicalText({ from: source.kind, settings: { ...settings }, tools: entries }));
  return { from: source.kind, settings, digest: `sha256-${digest}`, tools: entries };
}
