/**
 * Unions: flat, without duplicates, in source order where it is known and in one canonical order where not, so that the
 * same definition gives the same bytes with every compiler.
 */
import type { Shape } from "../../../contract/shape.ts";
import type { TypeView } from "../frontend/frontend.ts";
import { lower, type Lowering, type Scope } from "../lowering.ts";
import { compareShapes, keyOf } from "../order.ts";
import { unsupported } from "./unsupported.ts";

/** More alternatives than anyone has written down by hand. */
const maxMembers = 2_000;

export function unionShape(
  lowering: Lowering,
  view: Extract<TypeView, { kind: "union" }>,
  scope: Scope,
): Shape {
  const [first] = view.members;
  if (first && view.members.length > maxMembers) {
    return unsupported(
      lowering,
      first.use,
      "type-too-large",
      `it is one of ${view.members.length} alternatives`,
      "Accept a `string` and check it in the function.",
    );
  }
  const ordered = view.members.flatMap(({ use, order }) => {
    const shape = lower(lowering, use, scope);
    const members = shape.kind === "union" ? shape.members : [shape];
    return members.map((member) => ({ member, order: order ?? Infinity }));
  });
  const { drafts } = lowering.declarations;
  const seen = new Set<string>();
  const members = ordered
    .toSorted((a, b) => (a.order === b.order ? compareShapes(a.member, b.member, drafts) : a.order - b.order))
    .map(({ member }) => member)
    .filter((member) => {
      const key = keyOf(member, drafts);
      return member.kind !== "never" && !seen.has(key) && seen.add(key);
    });
  return unionOf(members);
}

/** A union of members that are already flat, ordered and different. */
export function unionOf(members: readonly Shape[]): Shape {
  const [only] = members;
  if (only === undefined) return { kind: "never" };
  return members.length === 1 ? only : { kind: "union", members };
}

/** What is left when `undefined` is said in another way, as by an optional parameter. */
export function withoutUndefined(shape: Shape): Shape {
  return shape.kind === "union" ? unionOf(shape.members.filter(({ kind }) => kind !== "undefined")) : shape;
}
