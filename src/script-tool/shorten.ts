/**
 * Shortens JSON until its text has at most so many characters, by whole parts: lists and objects keep their first members, texts their beginning, and what
 * is too deep is left empty. What is left is JSON of the same form, and notes say where something is missing.
 *
 * ```
 * { rows: [1543 objects] }  ->  { rows: [30 objects] }, "/rows: 30 of 1543 items"
 * ```
 */
import { counted } from "../model/counted.ts";
import type { Json } from "../model/json.ts";
import { pointer } from "../json-form/json-form.ts";

export interface Shortened {
  readonly json: Json;
  /** One for each kind of place, `/rows/*\/text: …`; empty when nothing is missing. */
  readonly notes: readonly string[];
}

/** `maxChars` is of the text of the JSON, without spaces; a few characters of it are always given. `whole` names it in notes. */
export function shorten(json: Json, maxChars: number, whole = "result"): Shortened {
  for (const bounds of levels) {
    const cut = new Cut(bounds, maxChars);
    const shown = cut.of(json, "", "", 0);
    if (cut.left >= 0) return { json: shown, notes: cut.notes(whole) };
  }
  return { json: null, notes: [`the whole ${whole}, of which not even the outline fits`] };
}

interface Bounds {
  /** Members of a list or object. */
  readonly members: number;
  /** Characters of a text. */
  readonly chars: number;
  readonly depth: number;
}

/** The same everywhere in a result, so that no part of it takes the room of all the others. */
const levels: readonly Bounds[] = [
  { members: Infinity, chars: Infinity, depth: Infinity },
  { members: 1_000, chars: 10_000, depth: 20 },
  { members: 300, chars: 3_000, depth: 12 },
  { members: 100, chars: 1_000, depth: 8 },
  { members: 30, chars: 300, depth: 6 },
  { members: 10, chars: 200, depth: 5 },
  { members: 5, chars: 100, depth: 4 },
  { members: 2, chars: 50, depth: 3 },
  { members: 1, chars: 50, depth: 1 },
  { members: 0, chars: 50, depth: 0 },
];

/** More kinds of places than this say nothing more. */
const mostNotes = 12;

type Missing = "items" | "properties" | "characters" | "depth";

interface Place {
  readonly missing: Missing;
  readonly shown: number;
  /** Of the largest that was cut there. */
  of: number;
  times: number;
}

/** One attempt. It ends early when the text is too long, so an attempt costs what may be shown and no more. */
class Cut {
  left: number;
  readonly #bounds: Bounds;
  readonly #places = new Map<string, Place>();

  constructor(bounds: Bounds, maxChars: number) {
    this.#bounds = bounds;
    this.left = maxChars;
  }

  /** `at` names every place of its kind: `/rows/*\/text`. */
  of(json: Json, at: string, key: string, depth: number): Json {
    const place = key === "" ? at : at + key;
    if (typeof json === "string") return this.#text(json, place);
    if (typeof json !== "object" || json === null) {
      this.left -= String(json).length + 1;
      return json;
    }
    this.left -= 3;
    if (isList(json)) {
      const kept = this.#members(json, "items", place, depth);
      return this.#each(kept, (item) => this.of(item, place, "/*", depth + 1));
    }
    const entries = Object.entries(json).filter(([, value]) => value !== undefined) as [string, Json][];
    const kept = this.#members(entries, "properties", place, depth);
    const shown = this.#each(kept, ([name, value]): [string, Json] => {
      this.left -= name.length + 3;
      return [name, this.of(value, place, pointer("", name), depth + 1)];
    });
    return Object.fromEntries(shown);
  }

  notes(whole: string): readonly string[] {
    const all = [...this.#places].map(([at, place]) =>
      noteOf(at.slice(0, at.lastIndexOf(" ")), place, whole),
    );
    const more = all.length - mostNotes;
    return more > 0
      ? [...all.slice(0, mostNotes), `and ${counted(more, "more kind of place", "more kinds of places")}`]
      : all;
  }

  #each<In, Out>(members: readonly In[], map: (member: In) => Out): Out[] {
    const shown: Out[] = [];
    for (const member of members) {
      if (this.left < 0) break;
      shown.push(map(member));
    }
    return shown;
  }

  #members<T>(members: readonly T[], missing: Missing, at: string, depth: number): readonly T[] {
    if (members.length > 0 && depth >= this.#bounds.depth) {
      this.#note(at, "depth", 0, members.length);
      return [];
    }
    const { members: most } = this.#bounds;
    if (members.length <= most) return members;
    this.#note(at, missing, most, members.length);
    return members.slice(0, most);
  }

  #text(text: string, at: string): string {
    const { chars } = this.#bounds;
    if (text.length <= chars) {
      // A text that is longer than what is left needs no counting.
      this.left -= text.length > this.left ? text.length : JSON.stringify(text).length + 1;
      return text;
    }
    this.#note(at, "characters", chars, text.length);
    // Half of a pair is no character.
    const shown = `${text.slice(0, chars).replace(/[\uD800-\uDBFF]$/u, "")}…`;
    this.left -= JSON.stringify(shown).length + 1;
    return shown;
  }

  #note(at: string, missing: Missing, shown: number, of: number): void {
    const key = `${at} ${missing}`;
    const known = this.#places.get(key);
    if (known === undefined) this.#places.set(key, { missing, shown, of, times: 1 });
    else {
      known.of = Math.max(known.of, of);
      known.times++;
    }
  }
}

function isList(json: Json): json is readonly Json[] {
  return Array.isArray(json);
}

function noteOf(at: string, { missing, shown, of, times }: Place, whole: string): string {
  const where = at === "" ? `the ${whole}` : at.length > 120 ? `${at.slice(0, 120)}…` : at;
  const upTo = times === 1 ? "" : "up to ";
  const often = times === 1 ? "" : `, at ${counted(times, "place")}`;
  if (missing === "depth") return `${where}: none of ${upTo}${counted(of, "member")}, too deep${often}`;
  return `${where}: ${shown} of ${upTo}${of} ${missing}${often}`;
}
