/** Declares what every source of tools becomes: a list of tools, each with schemas and a call. Plain data but for the calls. */
import type { Json } from "../model/json.ts";
import type { JsonSchema } from "./schema/read.ts";

/** Who has the tools; also the word behind `isobind import`. */
export const sourceKinds = ["mcp", "openapi", "ai", "json-schema"] as const;
export type SourceKind = (typeof sourceKinds)[number];

export interface Tool {
  /** The far side's own name of it. */
  readonly name: string;
  /** Where it would stand in the tree, before names are made legal: `["users", "get-user"]`. */
  readonly place: readonly string[];
  readonly description: string;
  readonly deprecated?: boolean;
  /** The schema of the one parameter, an object; `null` when the tool takes nothing. */
  readonly input: JsonSchema | null;
  /** The schema of the result; `null` when there is none. */
  readonly result: JsonSchema | null;
  /** What `#/…` is looked up in where a schema itself has no such place. */
  readonly document?: JsonSchema;
  /** What a call depends on beside the schemas, for the digest: method and path of an operation. */
  readonly route?: Json;
  /** Calls the far side with JSON, and gives what it answers. Throws a `ToolError` or an `HttpError`. */
  readonly call: (input: Json | undefined, signal: AbortSignal | undefined) => unknown;
}

/** How a definition was made; the same is done when its tools are called. */
export interface SourceSettings {
  /** MCP: what a tool without a schema of its result gives. Default: `"text"`. */
  readonly content?: "text" | "blocks";
  /** OpenAPI: how operations become a tree. Default: `"tags"`. */
  readonly tree?: "tags" | "paths" | "flat";
  /** OpenAPI: all parameters beside each other, or in `path`, `query` and `headers`. Default: `"flat"`. */
  readonly parameters?: "flat" | "grouped";
}

export interface Source {
  readonly kind: SourceKind;
  readonly settings: SourceSettings;
  readonly tools: readonly Tool[];
  /** Tools that no binding can stand for, in full sentences. */
  readonly left: readonly string[];
  /** Errors beside `ToolError`. */
  readonly throws: readonly "HttpError"[];
}

/** What a definition says of the far side: `tools` in the file that `isobind import` wrote. `Bindings` is the type of its tree. */
export interface ImportedTools<Bindings = unknown> {
  readonly from: SourceKind;
  readonly settings: SourceSettings;
  /** Of everything below. */
  readonly digest: string;
  /** The dotted name of each binding, the far side's name, and a hash of what it takes and gives. */
  readonly tools: readonly (readonly [binding: string, tool: string, hash: string])[];
  /** Never there: carries the type of the tree. */
  readonly bindings?: Bindings;
}
