/**
 * Sorts shapes in one canonical order, for unions whose source order is not known: primitives, literals, objects, `null`,
 * `undefined`. It depends on names and structure only, never on a compiler's numbering.
 */
import { byText } from "../model/by-text.ts";
import { sha256 } from "../model/identity/sha256.ts";
import type { Shape } from "../model/shape.ts";
import { tokens, type Draft } from "./declarations.ts";

export type Drafts = ReadonlyMap<string, Draft>;

const ranks: Partial<Record<Shape["kind"], number>> = {
  any: 0,
  unknown: 0,
  never: 0,
  string: 1,
  template: 2,
  cased: 2,
  number: 3,
  bigint: 4,
  boolean: 5,
  literal: 6,
  null: 90,
  undefined: 91,
  void: 92,
};

/** A shape with what it is sorted by, worked out once. */
export interface Sortable {
  readonly shape: Shape;
  readonly rank: number;
  readonly key: string;
}

export function sortable(shape: Shape, drafts: Drafts): Sortable {
  return { shape, rank: ranks[shape.kind] ?? 50, key: keyOf(shape, drafts) };
}

export function compareSortable(a: Sortable, b: Sortable): number {
  return a.rank - b.rank || compareLiterals(a.shape, b.shape) || byText(a.key, b.key);
}

/** Numbers in their own order, everything else as text. */
function compareLiterals(a: Shape, b: Shape): number {
  if (a.kind !== "literal" || b.kind !== "literal") return 0;
  if (a.type !== b.type) return byText(b.type, a.type);
  if (a.type === "number" && b.type === "number") return a.value - b.value;
  return byText(String(a.value), String(b.value));
}

/** Letters of a key of type arguments that count in an order; what is behind them only tells keys apart. */
const longKey = 1_000;

/**
 * Text that is equal for equal type arguments, and never long: it is part of the keys of whatever has the type among its own
 * arguments, where it doubles at each level.
 */
export function argumentsKey(typeArguments: readonly Shape[], drafts: Drafts): string {
  const key = typeArguments.map((argument) => keyOf(argument, drafts)).join(" ");
  return key.length <= longKey ? key : `${key.slice(0, longKey)} ${sha256(key)}`;
}

/** Text that is equal for equal shapes. Documentation and places do not count; a declaration counts as where it stands. */
function keyOf(shape: Shape, drafts: Drafts): string {
  return JSON.stringify(shape, (key, value: unknown) => {
    if (key === "doc" || key === "source" || key === "lossy") return undefined;
    if (typeof value !== "string" || !value.includes("\u0001")) return value;
    return value.replace(tokens, (token) => {
      const draft = drafts.get(token);
      if (!draft) return token;
      const { file, line, column } = draft.source;
      return `${draft.name.join(".")} ${draft.instance} ${file}:${line}:${column}`;
    });
  });
}
