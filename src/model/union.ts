/** Makes unions of shapes, and takes `undefined` out of them. */
import type { Shape } from "./shape.ts";

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
