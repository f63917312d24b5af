import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { Shape } from "../../src/model/shape.ts";
import { isAssignable } from "../../src/diff/relation/assignable.ts";
import { scopeOf } from "../../src/diff/relation/scope.ts";
import { openScriptService } from "../../src/scripts/typecheck/frontend/service.ts";
import {
  declaration,
  declarations,
  literal,
  neighbours,
  number,
  object,
  property,
  reference,
  shapes,
  string,
} from "./shapes.arbitrary.ts";
import { declarationSource, shapeSource } from "./shape-source.ts";

const scope = scopeOf({ declarations });
const env = { from: scope, to: scope };
const service = openScriptService("node22");
service.setDeclaration(declarations.map(declarationSource).join("\n"));

/** What the compiler says about each pair, in one program. */
function askCompiler(pairs: readonly (readonly [Shape, Shape])[]): boolean[] {
  const lines = pairs.map(
    ([from, to], index) =>
      `declare const f${index}: ${shapeSource(from)}; export const t${index}: ${shapeSource(to)} = f${index};`,
  );
  const [checked] = service.open([{ file: "pairs.ts", text: lines.join("\n") }]);
  if (!checked) throw new Error("no program");
  const wrong = new Set<number>();
  for (const { code, start } of service.diagnostics(checked)) {
    // Only an assignment that does not fit counts; the pairs themselves must be valid types.
    expect([2322, 2559, 2739, 2740, 2741, 2375, 4104, 2696]).toContain(code);
    wrong.add(checked.source.getLineAndCharacterOfPosition(start ?? 0).line);
  }
  return pairs.map((_, index) => !wrong.has(index));
}

describe("isAssignable", () => {
  it("never says yes where the compiler says no", () => {
    const pairs = fc.sample(neighbours, {
      numRuns: Number(process.env["RUNS"] ?? 3000),
      seed: Number(process.env["SEED"] ?? 20260),
    });
    const answers = askCompiler(pairs);
    const wrong = pairs.filter(
      ([from, to], index) => isAssignable(from, to, env) && answers[index] === false,
    );
    expect(wrong.map(([from, to]) => `${shapeSource(from)}  →  ${shapeSource(to)}`)).toEqual([]);
  });

  it("agrees with the compiler on nearly all pairs, so that changes are not called breaking for nothing", () => {
    const pairs = fc.sample(neighbours, { numRuns: 3000, seed: 4711 });
    const answers = askCompiler(pairs);
    const strict = pairs.filter(([from, to], index) => answers[index] && !isAssignable(from, to, env));
    const related = answers.filter(Boolean).length;
    expect(related).toBeGreaterThan(500);
    expect(strict.length / related).toBeLessThan(0.05);
  });

  it("agrees with the compiler on brands of brands", () => {
    const branded = (base: Shape, tag: string): Shape => ({
      kind: "brand",
      base,
      tag: object({ ...property("__brand", object(property(tag, literal("yes")))), readonly: true }),
    });
    const chains = [[], ["A"], ["B"], ["A", "B"], ["B", "A"], ["A", "B", "C"]].flatMap((tags) =>
      [string, number].map((base) => tags.reduce(branded, base)),
    );
    const pairs = chains.flatMap((from) => chains.map((to) => [from, to] as const));
    const judged = pairs.map(([from, to]) => isAssignable(from, to, env));
    expect(judged).toEqual(askCompiler(pairs));
    expect(judged.filter(Boolean).length).toBeGreaterThan(chains.length);
  });

  it("is reflexive", () => {
    fc.assert(
      fc.property(shapes, (shape) => isAssignable(shape, shape, env)),
      { numRuns: 2000 },
    );
  });

  it("is transitive where `any` is not involved", () => {
    const triples = fc.tuple(neighbours, shapes).map(([[a, b], c]) => [a, b, c] as const);
    const hasAny = (shape: Shape): boolean => JSON.stringify(shape).includes('"any"');
    let chains = 0;
    fc.assert(
      fc.property(triples, ([a, b, c]) => {
        if ([a, b, c].some(hasAny) || !isAssignable(a, b, env) || !isAssignable(b, c, env)) return true;
        chains += 1;
        // Optional properties make the compiler's own relation intransitive: `{ a: 1; b: 2 }` → `{ a: 1 }` → `{ a: 1; b?: 3 }`.
        return (
          isAssignable(a, c, env) || /"optional":true|"kind":"reference"/u.test(JSON.stringify([a, b, c]))
        );
      }),
      { numRuns: 3000, seed: 7 },
    );
    expect(chains).toBeGreaterThan(50);
  });

  it("takes recursive types as what they unfold to", () => {
    const next = (name: string): Shape => ({ kind: "union", members: [reference(name), { kind: "null" }] });
    const one = declaration("One", object(property("value", string), property("next", next("One"))));
    const two = declaration("Two", object(property("value", string), property("next", next("Other"))));
    const other = declaration("Other", object(property("value", string), property("next", next("Two"))));
    const broken = declaration("Broken", object(property("value", number), property("next", next("Broken"))));
    const own = scopeOf({ declarations: [one, two, other, broken] });
    const ask = (from: string, to: string): boolean =>
      isAssignable(reference(from), reference(to), { from: own, to: own });
    expect(ask("One", "Two")).toBe(true);
    expect(ask("Two", "One")).toBe(true);
    expect(ask("One", "Broken")).toBe(false);
    expect(ask("Broken", "Two")).toBe(false);
  });

  it("forgets what it assumed when the assumption turns out to be wrong", () => {
    // `Left.rest` holds only while `Left` → `Right` is assumed, and `Left.tag` refutes that.
    const left = declaration(
      "Left",
      object(property("rest", reference("LeftRest")), property("tag", string)),
    );
    const right = declaration(
      "Right",
      object(property("rest", reference("RightRest")), property("tag", number)),
    );
    const leftRest = declaration("LeftRest", object(property("up", reference("Left"))));
    const rightRest = declaration("RightRest", object(property("up", reference("Right"))));
    const own = scopeOf({ declarations: [left, right, leftRest, rightRest] });
    const both = (first: string, second: string): Shape =>
      object(property("a", reference(first)), property("b", reference(second)));
    const union: Shape = { kind: "union", members: [reference("Right"), both("Right", "RightRest")] };
    expect(isAssignable(reference("Left"), union, { from: own, to: own })).toBe(false);
    expect(isAssignable(reference("LeftRest"), reference("RightRest"), { from: own, to: own })).toBe(false);
  });

  it("tells the two sides' types of one name apart", () => {
    const before = scopeOf({ declarations: [declaration("User", object(property("id", string)))] });
    const after = scopeOf({ declarations: [declaration("User", object(property("id", number)))] });
    expect(isAssignable(reference("User"), reference("User"), { from: before, to: after })).toBe(false);
  });

  it("matches literals with templates", () => {
    const template: Shape = { kind: "template", texts: ["user-", ""], slots: [number] };
    expect(isAssignable(literal("user-1"), template, env)).toBe(true);
    expect(isAssignable(literal("user-x"), template, env)).toBe(false);
    expect(isAssignable(literal("user-1.50"), template, env)).toBe(false);
  });
});
