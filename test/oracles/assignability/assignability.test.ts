/**
 * The oracle of assignability: for every leaf of the corpus, what the declaration shows and what the host's function takes and
 * gives are assignable both ways, except where a table says why not.
 */
import { describe, expect, it } from "vitest";
import { corpus } from "../corpus.ts";
import { compareSides } from "./compare.ts";
import { exceptions } from "./exceptions.ts";
import { leafNames, openSides, type Sides } from "./program.ts";

const open = new Map<string | null, Sides>();

function sidesOf(tsconfig: string | null): Sides {
  let sides = open.get(tsconfig);
  if (!sides) {
    sides = openSides(
      corpus.filter((one) => one.tsconfig === tsconfig),
      tsconfig,
    );
    open.set(tsconfig, sides);
  }
  return sides;
}

describe("declared and cloned types are assignable both ways", () => {
  it.each(corpus)("$name", { timeout: 120_000 }, (one) => {
    const { parts, differences } = compareSides(sidesOf(one.tsconfig), one);
    expect(parts).toBeGreaterThanOrEqual(leafNames(one).length);
    const allowed = exceptions[one.name] ?? {};
    const found = differences.map(
      ({ place, direction, host, declared }) => `${place} ${direction}: ${host} | ${declared}`,
    );
    const key = ({ place, direction }: (typeof differences)[number]): string => `${place} ${direction}`;
    expect(
      found.filter((_, at) => allowed[key(differences[at]!)] === undefined),
      "not in the table",
    ).toEqual([]);
    const keys = new Set(differences.map(key));
    expect(
      Object.keys(allowed).filter((name) => !keys.has(name)),
      "in the table, but not so",
    ).toEqual([]);
  });

  it("has no exceptions for cases that are gone", () => {
    const names = new Set(corpus.map(({ name }) => name));
    expect(Object.keys(exceptions).filter((name) => !names.has(name))).toEqual([]);
  });
});
