/**
 * Says which types prettier keeps on the line of what is around them, by their shape alone.
 */
import { isKeyword } from "../../model/kinds.ts";
import type { Shape } from "../../model/shape.ts";

/** What prettier never moves to a line of its own as an only argument. */
export function hugs(shape: Shape): boolean {
  if (isKeyword(shape)) return true;
  switch (shape.kind) {
    case "object":
    case "literal":
    case "template":
    case "builtin":
    case "parameter":
      return true;
    case "error":
      return shape.properties.length === 0;
    case "reference":
      return shape.typeArguments.length === 0;
    case "union":
      return hugsAsUnion(shape.members);
    case "cased":
    case "array":
    case "tuple":
    case "map":
    case "set":
    case "intersection":
    case "brand":
    case "deferred":
    case "unsupported":
      return false;
  }
}

/** `{ … } | null`, `Row | null`: one object or name and nothing but `null` and `void` beside it. */
export function hugsAsUnion(members: readonly Shape[]): boolean {
  const first = members.find(isNamedOrObject);
  return first !== undefined && members.every((member) => member === first || isEmpty(member));
}

function isEmpty({ kind }: Shape): boolean {
  return kind === "null" || kind === "void";
}

function isNamedOrObject(shape: Shape): boolean {
  if (isKeyword(shape)) return false;
  switch (shape.kind) {
    case "object":
    case "reference":
    case "cased":
    case "parameter":
    case "builtin":
    case "map":
    case "set":
      return true;
    case "error":
      return shape.properties.length === 0;
    case "literal":
    case "template":
    case "array":
    case "tuple":
    case "union":
    case "intersection":
    case "brand":
    case "deferred":
    case "unsupported":
      return false;
  }
}
