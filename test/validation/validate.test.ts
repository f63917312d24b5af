/**
 * The run-time pieces that emitted validators are made of.
 */
import { execFileSync } from "node:child_process";
import { runInNewContext } from "node:vm";
import v8 from "node:v8";
import { describe, expect, it } from "vitest";
import { isBuiltin, isError, isMap, isPlainObject, isSet, isTypedArray } from "../../src/validation/brand.ts";
import { isNumericKey, onlyKeys, own } from "../../src/validation/keys.ts";
import { anyText, bigintText, matchesTemplate, numberText } from "../../src/validation/template.ts";
import { builtinNames, isTemporalName } from "../../src/model/shape.ts";

const foreign = (code: string): unknown => runInNewContext(code);
const cloned = (value: unknown): unknown => v8.deserialize(v8.serialize(value));

const examples: Readonly<Record<string, string>> = {
  Date: "new Date(NaN)",
  RegExp: "/x/",
  ArrayBuffer: "new ArrayBuffer(2)",
  DataView: "new DataView(new ArrayBuffer(2))",
};

describe("brands", () => {
  for (const name of builtinNames.filter((builtin) => !isTemporalName(builtin))) {
    const code = examples[name] ?? `new ${name}(2)`;
    it(`know a ${name} of this realm, of another, and after a clone`, () => {
      const value = (0, eval)(code) as unknown;
      for (const one of [value, foreign(code), cloned(value)]) {
        expect(builtinNames.filter((candidate) => isBuiltin(one, candidate))).toEqual([name]);
        expect(isPlainObject(one)).toBe(false);
      }
    });
  }

  it("know the classes of `Temporal` in an engine that has it, whatever a value says of itself", () => {
    const script = `
      const { isBuiltin } = await import(${JSON.stringify(new URL("../../src/validation/brand.ts", import.meta.url))});
      const { builtinNames, temporalNames } = await import(${JSON.stringify(new URL("../../src/model/shape.ts", import.meta.url))});
      const texts = ["2026-01-02T03:04Z", "2026-01-02T03:04[UTC]", "2026-01-02", "03:04", "2026-01-02T03:04", "2026-01", "01-02", "PT1H"];
      const { runInNewContext } = await import("node:vm");
      const found = temporalNames.map((name, at) => {
        const code = name + ".from(" + JSON.stringify(texts[at]) + ")";
        const disguised = eval(code);
        Object.defineProperty(disguised, Symbol.toStringTag, { value: "Object" });
        return [eval(code), runInNewContext(code), disguised].map((value) => builtinNames.filter((other) => isBuiltin(value, other)));
      });
      const lookalikes = temporalNames.map((name) => ({ [Symbol.toStringTag]: name, __proto__: eval(name).prototype }));
      const taken = lookalikes.filter((value) => builtinNames.some((name) => isBuiltin(value, name)));
      console.log(JSON.stringify({ found, taken: taken.length }));
    `;
    const output = execFileSync(process.execPath, [
      "--harmony-temporal",
      "--input-type=module",
      "-e",
      script,
    ]);
    const names = builtinNames.filter(isTemporalName);
    expect(JSON.parse(String(output))).toEqual({
      found: names.map((name) => [[name], [name], [name]]),
      taken: 0,
    });
    expect(isBuiltin(new Date(), "Temporal.Instant")).toBe(false);
  });

  it("know collections and plain objects of another realm", () => {
    expect(isMap(foreign("new Map()"))).toBe(true);
    expect(isSet(foreign("new Set()"))).toBe(true);
    expect(isPlainObject(foreign("({ a: 1 })"))).toBe(true);
    expect(isPlainObject(Object.create(null))).toBe(true);
    expect(isError(foreign("new TypeError('x')"), "TypeError")).toBe(true);
  });

  it("are not taken in by prototypes, tags and lookalikes", () => {
    expect(isMap(Object.create(Map.prototype))).toBe(false);
    expect(isSet(Object.create(Set.prototype))).toBe(false);
    expect(isMap({ [Symbol.toStringTag]: "Map", size: 0 })).toBe(false);
    expect(isBuiltin(Object.create(Date.prototype), "Date")).toBe(false);
    expect(isBuiltin(new SharedArrayBuffer(1), "ArrayBuffer")).toBe(false);
    expect(isTypedArray({ [Symbol.toStringTag]: "Uint8Array" }, "Uint8Array")).toBe(false);
    expect(isPlainObject(new (class Money {})())).toBe(false);
    expect(isPlainObject([])).toBe(false);
    for (const value of [null, undefined, 1, "x", Symbol.iterator]) {
      expect(isMap(value) || isSet(value) || isPlainObject(value) || isError(value, "Error")).toBe(false);
      expect(builtinNames.some((name) => isBuiltin(value, name))).toBe(false);
    }
  });

  it("tell standard errors apart, and know derived ones", () => {
    class NotFound extends RangeError {}
    expect(isError(new NotFound(), "RangeError")).toBe(true);
    expect(isError(new NotFound(), "Error")).toBe(true);
    expect(isError(new NotFound(), "TypeError")).toBe(false);
    expect(isError({ name: "Error", message: "x" }, "Error")).toBe(false);
  });

  it("take a Buffer for the Uint8Array it is", () => {
    expect(isBuiltin(Buffer.from("x"), "Uint8Array")).toBe(true);
  });
});

describe("keys", () => {
  it("reads only what is an object's own", () => {
    expect(own({}, "toString")).toBeUndefined();
    expect(own({ toString: 1 }, "toString")).toBe(1);
  });

  it("tells undeclared keys and forbidden undefineds", () => {
    expect(onlyKeys({ a: 1, b: undefined }, ["a", "b"], [])).toBe(true);
    expect(onlyKeys({ a: 1, b: undefined }, ["a", "b"], ["b"])).toBe(false);
    expect(onlyKeys({ c: 1 }, ["a", "b"], [])).toBe(false);
  });

  it("counts as numbers what TypeScript counts as numbers", () => {
    expect(["0", "12", "-1", "1.5", "NaN", "Infinity"].every(isNumericKey)).toBe(true);
    expect(["", "01", "1.0", "+1", " 1", "1e3", "x"].some(isNumericKey)).toBe(false);
  });
});

describe("templates", () => {
  it("decide as TypeScript does: each slot takes the shortest text", () => {
    expect(matchesTemplate("user-12", ["user-", ""], [numberText])).toBe(true);
    expect(matchesTemplate("user-", ["user-", ""], [numberText])).toBe(false);
    expect(matchesTemplate("a-1", ["", "-", ""], [anyText, numberText])).toBe(true);
    // TypeScript gives `a` to the first slot and finds `b-1` to be no number.
    expect(matchesTemplate("a-b-1", ["", "-", ""], [anyText, numberText])).toBe(false);
    expect(matchesTemplate("ab", ["", "", ""], [anyText, anyText])).toBe(true);
    expect(matchesTemplate("", ["", "", ""], [anyText, anyText])).toBe(false);
    expect(matchesTemplate("aa", ["a", "a"], [anyText])).toBe(true);
    expect(matchesTemplate("a", ["a", "a"], [anyText])).toBe(false);
    expect(matchesTemplate(1, ["", ""], [anyText])).toBe(false);
  });

  it("take numbers and bigints by their texts", () => {
    expect(["1", "-1.5", "1e3", "0x10"].every(numberText)).toBe(true);
    expect(["", "x", "Infinity", "NaN"].some(numberText)).toBe(false);
    expect(["1", "-12"].every(bigintText)).toBe(true);
    expect(["", "1.5", "1n", "9".repeat(2000)].some(bigintText)).toBe(false);
  });
});
