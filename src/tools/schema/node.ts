/**
 * Declares nodes: what one JSON Schema means, with references resolved and every spelling of a keyword made one. The types of a definition, the
 * conversion of values and their check are all made from nodes, so that they cannot disagree. Plain data that survives JSON.
 */
import type { Json } from "../../model/json.ts";

export type SchemaNode =
  | { readonly kind: "any" | "never" | "boolean" | "null" }
  | { readonly kind: "literal"; readonly value: Json }
  | StringNode
  | NumberNode
  | ArrayNode
  | ObjectNode
  | UnionNode
  | { readonly kind: "all"; readonly members: readonly SchemaNode[] }
  | { readonly kind: "reference"; readonly name: string };

export interface StringNode {
  readonly kind: "string";
  /** What the text stands for: `format: "date-time"` is a `Date`, `contentEncoding: "base64"` bytes. */
  readonly as?: "date" | "bytes";
  readonly minLength?: number;
  readonly maxLength?: number;
  /** Checked where that is sure to end soon (`wire/pattern.ts`), and else shown alone. */
  readonly pattern?: string;
  readonly format?: string;
}

export interface NumberNode {
  readonly kind: "number";
  readonly integer: boolean;
  readonly minimum?: number;
  readonly maximum?: number;
  readonly exclusiveMinimum?: number;
  readonly exclusiveMaximum?: number;
  readonly multipleOf?: number;
}

export interface ArrayNode {
  readonly kind: "array";
  /** What stands at the first places. */
  readonly prefix: readonly SchemaNode[];
  /** What stands behind them; `null` when nothing may. */
  readonly rest: SchemaNode | null;
  readonly minItems?: number;
  readonly maxItems?: number;
  readonly unique?: boolean;
}

export interface ObjectNode {
  readonly kind: "object";
  readonly properties: readonly PropertyNode[];
  /** Names of undeclared properties that begin with a text, `^x-`, and their values. */
  readonly patterns: readonly { readonly prefix: string; readonly node: SchemaNode }[];
  /** What other properties hold; `null` when there may be none. */
  readonly additional: SchemaNode | null;
  /** The schema says nothing of other properties; they are refused, but a schema it is combined with may allow them. */
  readonly silent?: boolean;
  readonly minProperties?: number;
  readonly maxProperties?: number;
}

export interface PropertyNode {
  readonly name: string;
  readonly node: SchemaNode;
  readonly required: boolean;
  readonly description?: string;
  readonly default?: Json;
  readonly deprecated?: boolean;
}

export interface UnionNode {
  readonly kind: "union";
  readonly members: readonly SchemaNode[];
  /** `oneOf`: a value of two members is of none. */
  readonly exactlyOne?: boolean;
}

/** A named schema of a document. */
export interface Definition {
  readonly name: string;
  readonly node: SchemaNode;
  readonly description: string;
}

/** Something of a schema that the types cannot say, or say in a wider way. */
export interface SchemaNote {
  /** Where in the schema, `input.filter`. */
  readonly at: string;
  /** A full sentence. */
  readonly message: string;
}
