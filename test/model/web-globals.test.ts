/** The lists of web globals against Node's own: every member is there, and no pure one of Node's is missing. */
import { describe, expect, it } from "vitest";
import { consoleMethods, webGlobals, type WebClass, type WebFunction } from "../../src/model/web-globals.ts";

const found = globalThis as unknown as Record<
  string,
  { readonly length: number; readonly prototype: object }
>;

/** What Node adds to a class that is not pure, or not of the standard. */
const notPure = ["createObjectURL", "revokeObjectURL"];

function namesOf(owner: object, without: readonly string[]): string[] {
  return Object.getOwnPropertyNames(owner)
    .filter((name) => !without.includes(name) && !notPure.includes(name))
    .sort();
}

describe.each(Object.entries<WebClass | WebFunction>(webGlobals))("%s", (name, listed) => {
  it("is what Node has", () => {
    const real = found[name]!;
    // Node counts an optional parameter of `structuredClone`.
    if (listed.kind === "function") return expect(listed.length).toBeLessThanOrEqual(real.length);
    expect([...listed.statics].sort()).toEqual(namesOf(real, ["length", "name", "prototype"]));
    expect([...listed.members].sort()).toEqual(namesOf(real.prototype, ["constructor"]));
    expect(Symbol.iterator in real.prototype).toBe(listed.isIterable);
  });
});

it("console has in Node what it has in a sandbox", () => {
  for (const method of consoleMethods)
    expect(typeof (console as unknown as Record<string, unknown>)[method]).toBe("function");
});
