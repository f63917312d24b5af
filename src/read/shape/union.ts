/**
 * Lowers unions: flat, without duplicates, in source order where it is known and in one canonical order where not, so that
 * the same definition gives the same bytes with every compiler.
 */
import { maxAlternatives } from "../../model/limits.ts";
import type { Shape } from "../../model/shape.ts";
import { unionOf } from "../../model/union.ts";
import type { TypeUse } from "../frontend/frontend.ts";
import { lower, type Lowering, type Scope, type ViewOf } from "../lowering.ts";
import { compareSortable, sortable, type Drafts } from "../order.ts";
import { unsupported } from "./unsupported.ts";

export function unionShape(lowering: Lowering, use: TypeUse, view: ViewOf<"union">, scope: Scope): Shape {
  if (view.members.length > maxAlternatives) {
    return unsupported(
      lowering,
      use,
      "type-too-large",
      `it has ${view.members.length} alternatives, and a union may have at most ${maxAlternatives}`,
      "Accept a `string` and check it in the function.",
    );
  }
  const parts = view.members.map(({ use, order }) => ({ shape: lower(lowering, use, scope), order }));
  return canonicalUnion(parts, lowering.declarations.drafts);
}

/** A union of shapes with their places in the source, `null` where they have none. */
export function canonicalUnion(
  parts: readonly { readonly shape: Shape; readonly order: number | null }[],
  drafts: Drafts,
): Shape {
  const entries = parts.flatMap(({ shape, order }) => {
    const members = shape.kind === "union" ? shape.members : [shape];
    return members.map((member) => ({ ...sortable(member, drafts), order: order ?? Infinity }));
  });
  const unique = new Map<string, Shape>();
  for (const { shape, key } of entries.toSorted((a, b) =>
    a.order === b.order ? compareSortable(a, b) : a.order - b.order,
  )) {
    // Of `Buffer | Uint8Array` one arrives; that it may be less than it was must still be said.
    if (shape.kind !== "never" && (!unique.has(key) || "lossy" in shape)) unique.set(key, shape);
  }
  return unionOf([...unique.values()]);
}

/** What a place holds that may also hold nothing. */
export function orUndefined(shape: Shape): Shape {
  const nothing: Shape = { kind: "undefined" };
  if (shape.kind === "never") return nothing;
  const members = shape.kind === "union" ? shape.members : [shape];
  return members.some(({ kind }) => kind === "undefined")
    ? shape
    : { kind: "union", members: [...members, nothing] };
}
