/**
 * Decides whether a tuple is assignable to another. Pure. Elements behind a rest element are compared only when both sides have the same
 * number of them; anything finer answers no.
 */
import type { TupleElement, TupleShape } from "../../model/shape.ts";
import type { Relation } from "./assignable.ts";

export function areTuplesAssignable(from: TupleShape, to: TupleShape, relate: Relation): boolean {
  if (from.readonly && !to.readonly) return false;
  const source = split(from);
  const target = split(to);
  if (source.tail.length !== target.tail.length) return false;
  if (source.rest && !target.rest) return false;
  const paired = target.head.every((wanted, index) => {
    const given = source.head[index];
    if (given)
      return (given.quantity === "one" || wanted.quantity !== "one") && relate(given.shape, wanted.shape);
    // A missing optional element is fine; what a rest of the source would put there must fit.
    return wanted.quantity === "optional" && (!source.rest || relate(source.rest.shape, wanted.shape));
  });
  const extra = source.head.slice(target.head.length);
  return (
    paired &&
    extra.every(
      (element) =>
        target.rest !== null &&
        relate(element.shape, target.rest.shape) &&
        (element.quantity === "one" || relate({ kind: "undefined" }, target.rest.shape)),
    ) &&
    (!source.rest || (target.rest !== null && relate(source.rest.shape, target.rest.shape))) &&
    source.tail.every((element, index) => {
      const wanted = target.tail[index];
      return wanted !== undefined && relate(element.shape, wanted.shape);
    })
  );
}

function split(tuple: TupleShape): {
  head: readonly TupleElement[];
  rest: TupleElement | null;
  tail: readonly TupleElement[];
} {
  const at = tuple.elements.findIndex((element) => element.quantity === "rest");
  if (at < 0) return { head: tuple.elements, rest: null, tail: [] };
  return {
    head: tuple.elements.slice(0, at),
    rest: tuple.elements[at] ?? null,
    tail: tuple.elements.slice(at + 1),
  };
}
