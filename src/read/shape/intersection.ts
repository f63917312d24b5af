/**
 * Lowers intersections. `string & { __brand: "Id" }` is a brand: the tag lives in the type only. Object types are merged
 * into one, so that validators know every property a value may have; what cannot be merged stays an intersection.
 */
import type { ObjectShape, Shape } from "../../model/shape.ts";
import type { TypeUse, TypeView } from "../frontend/frontend.ts";
import { lower, type Lowering, type Scope, type ViewOf } from "../lowering.ts";
import { brandShape, isTag } from "./brand.ts";
import { recursively } from "./object.ts";
import { dataProperties } from "./property.ts";

export function intersectionShape(
  lowering: Lowering,
  use: TypeUse,
  view: ViewOf<"intersection">,
  scope: Scope,
): Shape {
  const { frontend } = lowering;
  const views = view.members
    .map((member) => ({ use: member, view: frontend.view(member) }))
    .filter((member) => !isThisMarker(member.view));
  const [alone] = views;
  if (alone && views.length === 1) return lower(lowering, alone.use, scope);
  const besidePrimitive = views.some(
    (member) => /^(primitive|literal|template|cased)$/.test(member.view.kind) && !isNonprimitive(member.view),
  );
  const tags = views.filter((member) => isTag(lowering, member.use, member.view, besidePrimitive));
  const rest = views.filter((member) => !tags.includes(member));
  if (tags.length > 0 && rest.length > 0) {
    const bases = rest.map((member) => lower(lowering, member.use, scope));
    const [only] = bases;
    const base: Shape = bases.length === 1 && only ? only : { kind: "intersection", members: bases };
    return brandShape(lowering, { brand: use, base, tags: tags.map((tag) => tag.use) }, scope);
  }
  const isPlain = rest.every(
    (member) =>
      (member.view.kind === "object" && member.view.library === null) ||
      member.view.kind === "nonnullish" ||
      isNonprimitive(member.view),
  );
  if (isPlain) {
    return recursively(lowering, use, {}, scope, (inner): ObjectShape => {
      const { properties, index, lost } = dataProperties(lowering, use, inner, true);
      const shape = { kind: "object", properties, index } as const;
      return lost.length === 0
        ? shape
        : { ...shape, lossy: { from: frontend.text(use.type), loses: lost.join(" and ") } };
    });
  }
  return { kind: "intersection", members: views.map((member) => lower(lowering, member.use, scope)) };
}

/** `ThisType<T>` speaks of the methods in an object literal, and of no value. */
function isThisMarker(view: TypeView): boolean {
  return view.kind === "object" && view.library === "es" && view.name === "ThisType";
}

function isNonprimitive(view: TypeView): boolean {
  return view.kind === "primitive" && view.name === "nonprimitive";
}
