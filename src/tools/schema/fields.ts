/** Looks into JSON of strangers: objects, their texts and their numbers. */

export type Fields = { readonly [keyword: string]: unknown };

export function numbersIn<Key extends string>(
  schema: Fields,
  keys: readonly Key[],
): { readonly [K in Key]?: number } {
  const found = keys.flatMap((key) => {
    const value = schema[key];
    return typeof value === "number" && Number.isFinite(value) ? [[key, value] as const] : [];
  });
  return Object.fromEntries(found) as { readonly [K in Key]?: number };
}

export function textIn(schema: Fields, key: string): string {
  const value = schema[key];
  return typeof value === "string" ? value : "";
}

export function isFields(value: unknown): value is Fields {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

/** The name that a step of a reference is written for: `a~1b` for `a/b`. What is no escape is a name like any other. */
export function nameOfStep(step: string): string {
  try {
    return decodeURIComponent(step).replaceAll("~1", "/").replaceAll("~0", "~");
  } catch {
    return step;
  }
}
