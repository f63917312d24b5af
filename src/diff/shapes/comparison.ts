/**
 * Declares what the comparing functions of shapes share while one argument or result is compared.
 */
import type { Shape } from "../../model/shape.ts";
import type { Finding } from "../change.ts";
import type { ChangeKind } from "../kinds.ts";
import { createRelation, type Relation } from "../relation/assignable.ts";
import { expand, type Scope } from "../relation/scope.ts";
import { shapeText } from "../shape-text.ts";

/** Scripts give arguments and receive results: what may widen in one place must narrow in the other. */
export type Position = "argument" | "result";

/** The kinds that exist for a position, without its prefix. */
type Suffix<P extends Position> = ChangeKind extends infer K
  ? K extends `${P}-${infer S}`
    ? S
    : never
  : never;
export type SharedSuffix = Suffix<"argument"> & Suffix<"result">;

/** Where a part is: its place below the argument or result, and the named type it was reached through. */
export interface Spot {
  readonly where: string;
  readonly root: string | null;
}

export interface Comparison {
  readonly position: Position;
  readonly before: Scope;
  readonly after: Scope;
  /** Compares two parts and reports what differs. */
  compare(before: Shape, after: Shape, spot: Spot): void;
  /** Reports a change of a kind that exists in both positions. */
  report(suffix: SharedSuffix, spot: Spot, before: Shape | null, after: Shape | null, name?: string): void;
  reportKind(kind: ChangeKind, spot: Spot, before: Shape | null, after: Shape | null, name?: string): void;
  /** Whether every correct script stays correct: arguments must still fit, results must fit as before. */
  isSafe(before: Shape, after: Shape): boolean;
  /** The other way round: together with `isSafe`, the two mean the same. */
  isSafeBackwards(before: Shape, after: Shape): boolean;
  /** Assignability within one side, for members of unions. */
  readonly within: { readonly before: Relation; readonly after: Relation };
  expandBefore(shape: Shape): Shape;
  expandAfter(shape: Shape): Shape;
}

/** The argument or result that is compared. */
export interface Use {
  readonly position: Position;
  readonly path: readonly string[];
  /** `argument sql`, `result`. */
  readonly where: string;
  readonly before: Scope;
  readonly after: Scope;
}

export function createComparison(
  { position, path, before, after }: Use,
  found: Finding[],
  compare: (comparison: Comparison, before: Shape, after: Shape, spot: Spot) => void,
): Comparison {
  const forward = createRelation({ from: before, to: after });
  const backward = createRelation({ from: after, to: before });
  const isArgument = position === "argument";
  const comparison: Comparison = {
    position,
    before,
    after,
    compare: (old, now, spot) => compare(comparison, old, now, spot),
    report: (suffix, spot, old, now, name) =>
      comparison.reportKind(`${position}-${suffix}` as ChangeKind, spot, old, now, name),
    reportKind: (kind, spot, old, now, name) =>
      found.push({
        kind,
        path,
        where: spot.where,
        root: spot.root,
        before: old && shapeText(old),
        after: now && shapeText(now),
        ...(name !== undefined && { name }),
      }),
    isSafe: (old, now) => (isArgument ? forward(old, now) : backward(now, old)),
    isSafeBackwards: (old, now) => (isArgument ? backward(now, old) : forward(old, now)),
    within: {
      before: createRelation({ from: before, to: before }),
      after: createRelation({ from: after, to: after }),
    },
    expandBefore: (shape) => expand(shape, before),
    expandAfter: (shape) => expand(shape, after),
  };
  return comparison;
}

/** The spot of a part: `result.rows` and `[]` are `result.rows[]`. */
export function below(spot: Spot, step: string): Spot {
  return { where: spot.where + step, root: spot.root };
}
