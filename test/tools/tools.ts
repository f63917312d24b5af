/** Makes definitions and calls of tools for tests, without files. */
import { definitionText } from "../../src/tools/definition/definition.ts";
import { jsonSchemaSource, type CallTool } from "../../src/tools/json-schema.ts";
import { place, type Choice } from "../../src/tools/names.ts";
import { planOf, type Plan } from "../../src/tools/plan.ts";

export interface ListedTool {
  readonly name: string;
  readonly description?: string;
  readonly inputSchema?: unknown;
  readonly outputSchema?: unknown;
}

export async function planFor(
  tools: readonly ListedTool[],
  choice: Choice = {},
  call: CallTool = () => null,
): Promise<Plan> {
  const source = await jsonSchemaSource({ tools }, call);
  return planOf(source, place(source.tools, choice));
}

/** A tool whose one argument holds a value of a schema. */
export function toolOf(name: string, schema: unknown, document: object = {}): ListedTool {
  return {
    name,
    inputSchema: {
      type: "object",
      properties: { value: schema },
      required: ["value"],
      additionalProperties: false,
      ...document,
    },
    outputSchema: { type: "null" },
  };
}

/** The definitions of a schema belong to the whole one. */
export function withDefinitions(name: string, schema: object | boolean): ListedTool {
  if (typeof schema !== "object" || !("$defs" in schema)) return toolOf(name, schema);
  const { $defs, ...rest } = schema;
  return toolOf(name, rest, { $defs });
}

export async function textFor(tools: readonly ListedTool[], choice: Choice = {}): Promise<string> {
  return definitionText(await planFor(tools, choice));
}
