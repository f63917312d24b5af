/**
 * Compares the two sides of every leaf: parameters and result of each signature, in both directions.
 */
import { type CorpusCase } from "../corpus.ts";
import { type Sides, ts } from "./program.ts";

/** One direction in which one part of a leaf is not assignable. */
export interface Difference {
  /** `db.query(…)` for its parameters, `db.query =>` for its result, `db.query#2(…)` for its second signature. */
  readonly place: string;
  readonly direction: "host to declared" | "declared to host";
  readonly host: string;
  readonly declared: string;
}

export interface Comparison {
  /** Parts that were compared: two of each signature. */
  readonly parts: number;
  readonly differences: readonly Difference[];
}

export function compareSides({ checker, leavesOf }: Sides, one: CorpusCase): Comparison {
  const differences: Difference[] = [];
  let parts = 0;
  const text = (type: ts.Type): string =>
    checker.typeToString(type, undefined, ts.TypeFormatFlags.NoTruncation).slice(0, 200);
  const isAny = (type: ts.Type): boolean => (type.flags & ts.TypeFlags.Any) !== 0;

  const relate = (place: string, host: ts.Type, declared: ts.Type): void => {
    parts++;
    const record = (direction: Difference["direction"]): void => {
      const known = differences.some((one) => one.place === place && one.direction === direction);
      if (!known) differences.push({ place, direction, host: text(host), declared: text(declared) });
    };
    // `any` is assignable to everything and says nothing: it must meet `any`.
    const unequal = isAny(host) !== isAny(declared);
    if (unequal || !checker.isTypeAssignableTo(host, declared)) record("host to declared");
    if (unequal || !checker.isTypeAssignableTo(declared, host)) record("declared to host");
  };

  for (const { name, host, declared } of leavesOf(one)) {
    const overloads = new Set<string>();
    declared.forEach((shown, at) => {
      const given = host[at] ?? [];
      if (given.length !== shown.length) throw new Error(`${one.name}: ${name} has not the same parts.`);
      // A leaf with fewer signatures repeats one.
      const key = [...shown, ...given].map(text).join();
      if (overloads.has(key)) return;
      overloads.add(key);
      const place = overloads.size === 1 ? name : `${name}#${overloads.size}`;
      const labels = shown.length === 1 ? [place] : [`${place}(…)`, `${place} =>`];
      labels.forEach((label, part) => relate(label, given[part]!, shown[part]!));
    });
  }
  return { parts, differences };
}
