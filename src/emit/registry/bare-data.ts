/**
 * Takes out of a contract's data what only people read: documentation, and notes on what does not cross. What is left is what the
 * interpreter of a registry needs.
 */
import type { Json } from "../../model/json.ts";

export function bareData(data: Json): Json {
  if (typeof data !== "object" || data === null) return data;
  if (isList(data)) return data.map(bareData);
  const entries = Object.entries(data).flatMap(([key, value]): [string, Json][] =>
    value === undefined || /^(?:doc|inputDoc|resultDoc)$/u.test(key) || key === "lossy"
      ? []
      : [[key, bareData(value)]],
  );
  return Object.fromEntries(entries);
}

function isList(data: object): data is readonly Json[] {
  return Array.isArray(data);
}
