/**
 * What a program is handed beside the text for a model, where the definition says what scripts give: the whole result and the kind of script, and the JSON
 * Schema of both. An object at the top, because protocols wrap anything else in different ways.
 */
import { defaultKind } from "../model/contract.ts";
import type { Json } from "../model/json.ts";
import type { Registry, RegistryScript } from "../model/registry.ts";
import { schemasOf, type JsonSchema } from "./schema.ts";

/** `kind` is left out for a script that names none. */
export type Structured = { readonly kind?: string; readonly result: Json };

export function structured(kind: string | undefined, result: Json): Structured {
  return kind === undefined || kind === defaultKind ? { result } : { kind, result };
}

/** `null` where nothing is said of what any of them gives. */
export function outputSchema(registry: Registry, scripts: readonly RegistryScript[]): JsonSchema | null {
  if (!scripts.some(({ result }) => result !== null)) return null;
  const schemas = schemasOf(registry.declarations);
  const forms = scripts.map(({ name, result }) => ({
    properties: {
      ...(name !== defaultKind && { kind: { const: name } }),
      result: result === null ? {} : schemas.of(result),
    },
    required: name === defaultKind ? ["result"] : ["kind", "result"],
    additionalProperties: false,
  }));
  const defs = schemas.defs();
  return {
    type: "object",
    ...(forms.length === 1 ? forms[0] : { anyOf: forms.map((form) => ({ type: "object", ...form })) }),
    ...(Object.keys(defs).length > 0 && { $defs: defs }),
  };
}
