/** A JSON Schema as the SDK takes schemas, with a check in our words instead of its own: they are what a model mends its call from. */
import type { StandardSchemaWithJSON } from "@modelcontextprotocol/server";
import type { JsonSchema } from "../script-tool/schema.ts";

/** `check` gives what is wrong, or `null`. */
export function schemaOf<T>(
  schema: JsonSchema,
  check: (value: unknown) => string | null,
): StandardSchemaWithJSON<T, T> {
  return {
    "~standard": {
      version: 1,
      vendor: "isobind",
      jsonSchema: { input: () => ({ ...schema }), output: () => ({ ...schema }) },
      validate(value) {
        const message = check(value);
        return message === null ? { value: value as T } : { issues: [{ message }] };
      },
    },
  };
}

/** An object with one text. */
export function oneText<Name extends string>(
  name: Name,
  description: string,
): StandardSchemaWithJSON<Record<Name, string>, Record<Name, string>> {
  return schemaOf(
    {
      type: "object",
      properties: { [name]: { type: "string", description } },
      required: [name],
      additionalProperties: false,
    },
    (value) => {
      const given: unknown =
        typeof value === "object" && value !== null ? (value as Record<string, unknown>)[name] : undefined;
      return typeof given === "string" ? null : `\`${name}\`: expected a text.`;
    },
  );
}
