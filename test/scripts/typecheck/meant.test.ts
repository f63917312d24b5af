/** What a finding about a property that is not there says of those that are. */
import { expect, it } from "vitest";
import { createChecker } from "../../../src/scripts/index.ts";
import { sideOf } from "../../diff/sides.ts";

const { declaration } = sideOf(`
declare const tag: unique symbol;
export type Order = { id: string; __typename: "Order" } & { readonly [tag]: "order" };
export type Shape = { kind: "round"; radius: number } | { kind: "square"; side: number };
export interface Bindings {
  order(): Order;
  draw(shape: Shape): void;
  either(given: string | { to: string } | string[] | null): void;
  any(given: { a: 1 } | { b: 2 }): void;
}`);
const checker = createChecker({ declaration });

it.each([
  ["SecureExec.bindings.order().xyz;", "It has `id`, `__typename`."],
  // The union is told apart by `kind`, as in the type that the compiler names.
  ['SecureExec.bindings.draw({ kind: "round", xyz: 1 });', "It has `kind`, `radius`."],
  ['SecureExec.bindings.either({ xyz: "a" });', "It has `to`."],
  ["SecureExec.bindings.any({ xyz: 1 });", "It has `a`, `b`."],
  ['SecureExec.bindings.any({ "xyz": 1 });', "It has `a`, `b`."],
  ["class Box { #key = 1; private lid = 2; size = 3; }\nnew Box().xyz;", "It has `size`."],
])("%s", (script, has) => {
  const said = checker.check(script).map(({ message }) => message);
  expect(said.filter((message) => message.includes("xyz"))).toEqual([expect.stringContaining(` ${has} (TS`)]);
});

it.each([
  "declare const shape: Parameters<typeof SecureExec.bindings.draw>[0];\nshape.xyz;",
  "class Box { #key = 1; }\nnew Box().xyz;",
  "SecureExec.bindings.order().id.xyz;",
])("lists nothing: %s", (script) => {
  const said = checker.check(script).map(({ message }) => message);
  expect(said.filter((message) => message.includes("xyz"))).toEqual([expect.not.stringContaining("It has")]);
});

it("takes the one that is near from all members of a union", () => {
  const [found] = checker.check('SecureExec.bindings.draw({ kind: "round", "rdius": 1 });');
  expect(found?.message).toMatch(/Did you mean (to write )?[`']radius/u);
});
