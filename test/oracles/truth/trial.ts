/**
 * One batch of values on trial: what the validator, the interpreter, the judge and the crossing say must agree, and what
 * arrives must be node's own structured clone of what was sent, or with `strip` that without what nobody declared.
 */
import { isDeepStrictEqual } from "node:util";
import fc from "fast-check";
import { expect } from "vitest";
import type { ExcessProperties } from "../../../src/model/registry.ts";
import type { Shape } from "../../../src/model/shape.ts";
import { Judge } from "./belongs.ts";
import type { OpenSpecimen } from "./crossing.ts";
import { copy } from "./mutate.ts";
import { isSameGraph } from "./same-graph.ts";
import { declarations } from "./specimens.ts";
import { hasLostDeclared, isPartOf } from "./stripped.ts";

const strict = new Judge(declarations);
const lenient = new Judge(declarations, true);

export interface Trial {
  readonly one: OpenSpecimen;
  readonly shape: Shape;
  readonly excessProperties: ExcessProperties;
}

/** Values of the type: taken, both ways, unchanged. */
export async function tryOwn({ one, shape }: Trial, values: readonly unknown[]): Promise<void> {
  for (const value of values) {
    if (!strict.belongs(value, shape, one.given)) expect.fail(`not of the type: ${fc.stringify(value)}`);
    const finding = one.explain(value);
    if (finding) expect.fail(`${finding.message} for ${fc.stringify(value)}`);
    if (!one.accepts(value)) expect.fail(`refused without a reason: ${fc.stringify(value)}`);
  }
  const { taken, refused } = await one.cross(values, false);
  expect(refused.map(([index, code, message]) => [fc.stringify(values[index]), code, message])).toEqual([]);
  expect(taken.size).toBe(values.length);
  values.forEach((value, index) => expectSame(taken.get(index), value));
}

/** Values of any type: taken exactly when they are of this one, and refused without a call. Says how many were not. */
export async function tryAny(trial: Trial, values: readonly unknown[]): Promise<number> {
  const { one, shape, excessProperties } = trial;
  const judge = excessProperties === "refuse" ? strict : lenient;
  const wanted = values.map((value) => judge.belongs(value, shape, one.given));
  values.forEach((value, index) => {
    const fits = wanted[index];
    const verdict = fits ? "refused" : "taken";
    if (one.accepts(value) !== fits) expect.fail(`${verdict} by the validator: ${fc.stringify(value)}`);
    if (one.interprets(value) !== fits) expect.fail(`${verdict} by the interpreter: ${fc.stringify(value)}`);
    if ((one.explain(value) === null) !== fits) expect.fail(`${verdict} in words: ${fc.stringify(value)}`);
  });
  const { taken, refused } = await one.cross(values, true);
  const codes = new Map(refused.map(([index, code]) => [index, code]));
  values.forEach((value, index) => {
    const code = codes.get(index);
    if (code !== (wanted[index] ? undefined : "ERR_BINDING_INVALID_ARGUMENT"))
      expect.fail(`${code ?? "taken"}: ${fc.stringify(value)}`);
    if (taken.has(index) !== wanted[index]) expect.fail(`called with ${fc.stringify(value)}`);
    if (wanted[index]) expectArrived(trial, taken.get(index), value);
  });
  return wanted.filter((fits) => !fits).length;
}

function expectArrived({ one, shape, excessProperties }: Trial, arrived: unknown, sent: unknown): void {
  if (excessProperties !== "strip" || strict.belongs(sent, shape, one.given)) {
    expectSame(arrived, sent);
    return;
  }
  const fits = (value: unknown): boolean => strict.belongs(value, shape, one.given);
  const story = `${fc.stringify(sent)} arrived as ${fc.stringify(arrived)}`;
  if (!fits(arrived)) expect.fail(`not stripped: ${story}`);
  if (!isPartOf(arrived, sent)) expect.fail(`more than stripped: ${story}`);
  if (hasLostDeclared(arrived, sent, fits)) expect.fail(`stripped of what is declared: ${story}`);
}

function expectSame(arrived: unknown, sent: unknown): void {
  const wanted = copy(sent);
  if (!isDeepStrictEqual(arrived, wanted) || !isSameGraph(arrived, wanted))
    expect.fail(`${fc.stringify(sent)} arrived as ${fc.stringify(arrived)}`);
}
