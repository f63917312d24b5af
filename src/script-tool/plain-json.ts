/**
 * Writes the value of a script as JSON that a program can read without knowing where it has been before: the JSON form, where what is shared is
 * written again at each place, and properties that are `undefined` are left out. Only a circle remains a reference.
 */
import { toJsonForm } from "../json-form/encode.ts";
import { tag } from "../json-form/json-form.ts";
import type { Json } from "../model/json.ts";

type JsonObject = { readonly [key: string]: Json | undefined };

export interface PlainJson {
  /** What is shared is one object here: its text may be far longer than it. */
  readonly json: Json;
  /** Whether something in it holds itself. */
  readonly isCircular: boolean;
}

export function plainJson(value: unknown): PlainJson {
  const root = toJsonForm(value);
  const made = new Map<Json, Json>();
  const open = new Set<Json>();
  let isCircular = false;

  const of = (json: Json): Json => {
    if (typeof json !== "object" || json === null) return json;
    const known = made.get(json);
    if (known !== undefined) return known;
    const target = referenced(json);
    if (target !== null) {
      const found = at(root, target);
      if (open.has(found)) isCircular = true;
      return open.has(found) ? json : of(found);
    }
    open.add(json);
    const plain = Array.isArray(json) ? (json as readonly Json[]).map(of) : ofMembers(json as JsonObject);
    open.delete(json);
    made.set(json, plain);
    return plain;
  };
  /** Of a form, the part that holds data under the names of the data is no form, whatever these are. */
  const ofMembers = (json: JsonObject): Json =>
    Object.fromEntries(
      Object.entries(json).flatMap(([key, part]): [string, Json][] => {
        if (part === undefined || (!Object.hasOwn(json, tag) && isUndefined(part))) return [];
        return [[key, Object.hasOwn(json, tag) && named.has(key) ? record(part as JsonObject) : of(part)]];
      }),
    );
  const record = (json: JsonObject): Json =>
    Object.fromEntries(Object.entries(json).map(([key, part]) => [key, of(part ?? null)]));

  return { json: of(root), isCircular };
}

const named: ReadonlySet<string> = new Set(["properties", "items", "data"]);

/** Whether the text of JSON has at most so many characters. Stops as soon as it has more, whatever is shared in it. */
export function fits(json: Json, maxChars: number): boolean {
  let left = maxChars;
  const count = (part: Json): void => {
    if (left < 0) return;
    if (typeof part === "string")
      left -= part.length > left ? part.length + 1 : JSON.stringify(part).length + 1;
    else if (typeof part !== "object" || part === null) left -= String(part).length + 1;
    else {
      left -= 2;
      for (const [key, member] of Object.entries(part)) {
        if (left < 0) return;
        if (!Array.isArray(part)) left -= JSON.stringify(key).length + 1;
        if (member !== undefined) count(member as Json);
      }
    }
  };
  count(json);
  return left >= 0;
}

/** The path of a reference; data that looks like one is wrapped by the JSON form. */
function referenced(json: Json): string | null {
  const { [tag]: type, path } = json as JsonObject;
  return type === "reference" && typeof path === "string" ? path : null;
}

function isUndefined(json: Json): boolean {
  return typeof json === "object" && json !== null && (json as JsonObject)[tag] === "undefined";
}

function at(root: Json, path: string): Json {
  const keys = path
    .split("/")
    .slice(1)
    .map((key) => key.replaceAll("~1", "/").replaceAll("~0", "~"));
  return keys.reduce<Json>((json, key) => (json as JsonObject)[key] ?? null, root);
}
