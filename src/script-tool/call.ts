/**
 * What a model hands in with a script: the JSON Schema that it is told, and the check of what it gave. The check has words of its own, because they are what
 * the model mends its call from.
 */
import { fromJsonForm } from "../json-form/decode.ts";
import { JsonFormError } from "../json-form/json-form-error.ts";
import { defaultKind } from "../model/contract.ts";
import type { RegistryScript } from "../model/registry.ts";
import { didYouMean } from "../model/suggest.ts";
import { schemasOf, type JsonSchema } from "./schema.ts";
import type { Registry } from "../model/registry.ts";

/** One script and what it is given. */
export interface ScriptCall {
  readonly source: string;
  readonly input?: unknown;
  readonly kind?: string;
}

export type CheckedCall =
  { readonly ok: true; readonly call: ScriptCall } | { readonly ok: false; readonly message: string };

export interface CallForm {
  readonly schema: JsonSchema;
  check(given: unknown): CheckedCall;
}

/** `scripts`: the kinds that may be written; none where the definition says nothing of scripts. */
export function callForm(registry: Registry, scripts: readonly RegistryScript[]): CallForm {
  const kinds = scripts.map(({ name }) => name);
  const hasKinds = kinds.some((kind) => kind !== defaultKind);
  const needsKind = hasKinds && !kinds.includes(defaultKind);
  const properties = ["source", "input", ...(hasKinds ? ["kind"] : [])];
  return {
    schema: schemaOf(registry, scripts, { kinds, hasKinds, needsKind }),
    check(given) {
      if (typeof given !== "object" || given === null || Array.isArray(given))
        return refused("Expected an object with the text of the script as `source`.");
      const unknown = Object.keys(given).find((name) => !properties.includes(name));
      if (unknown !== undefined)
        return refused(`There is no \`${unknown.slice(0, 100)}\`.${didYouMean(unknown, properties)}`);
      const { source, input, kind } = given as { source?: unknown; input?: unknown; kind?: unknown };
      if (typeof source !== "string") return refused("`source`: expected the text of the script.");
      if (kind === undefined ? needsKind : !kinds.includes(kind as string))
        return refused(
          `\`kind\`: expected ${kinds.map((one) => `"${one}"`).join(" or ")}.${didYouMean(String(kind), kinds)}`,
        );
      const asked = kind === undefined || kind === defaultKind ? {} : { kind: kind as string };
      if (input === undefined) return { ok: true, call: { source, ...asked } };
      try {
        return { ok: true, call: { source, input: fromJsonForm(input), ...asked } };
      } catch (error) {
        if (error instanceof JsonFormError) return refused(error.message);
        throw error;
      }
    },
  };
}

function refused(message: string): CheckedCall {
  return { ok: false, message };
}

interface Kinds {
  readonly kinds: readonly string[];
  readonly hasKinds: boolean;
  readonly needsKind: boolean;
}

function schemaOf(
  registry: Registry,
  scripts: readonly RegistryScript[],
  { kinds, hasKinds, needsKind }: Kinds,
): JsonSchema {
  const schemas = schemasOf(registry.declarations);
  const inputs = scripts.flatMap(({ input }) => (input === null ? [] : [schemas.of(input)]));
  const isTyped = inputs.length > 0 && inputs.length === scripts.length;
  const described = { description: "The frozen global `input` of the script." };
  const defs = schemas.defs();
  return {
    type: "object",
    properties: {
      source: {
        type: "string",
        description: "The whole text of one ES module, in TypeScript or JavaScript.",
      },
      ...(hasKinds && {
        kind: { enum: kinds, description: "What kind of script it is: what it is given, and must export." },
      }),
      input: !isTyped
        ? described
        : inputs.length === 1
          ? { ...inputs[0], ...described }
          : { anyOf: inputs, ...described },
    },
    required: [
      "source",
      ...(needsKind ? ["kind"] : []),
      ...(isTyped && scripts.length === 1 ? ["input"] : []),
    ],
    additionalProperties: false,
    ...(Object.keys(defs).length > 0 && { $defs: defs }),
  };
}
