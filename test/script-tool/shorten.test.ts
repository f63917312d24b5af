import { describe, expect, it } from "vitest";
import type { Json } from "../../src/model/json.ts";
import { fits, plainJson } from "../../src/script-tool/plain-json.ts";
import { shorten } from "../../src/script-tool/shorten.ts";

const lengthOf = (json: Json): number => JSON.stringify(json).length;
const numbers = (count: number): number[] => Array.from({ length: count }, (_, at) => at);

describe("shorten", () => {
  it("leaves what fits as it is", () => {
    const json = { a: [1, "two", null, true], b: { c: "" } };
    expect(shorten(json, 1_000)).toEqual({ json, notes: [] });
  });

  it("keeps the first members of a list, and says how many there are", () => {
    const { json, notes } = shorten({ rows: numbers(5_000) }, 2_000);
    expect(json).toEqual({ rows: numbers(300) });
    expect(notes).toEqual(["/rows: 300 of 5000 items"]);
  });

  it("cuts all parts alike, so that one does not take the room of the others, and notes each kind of place once", () => {
    const rows = numbers(40).map((id) => ({ id, text: "x".repeat(5_000), tags: numbers(3) }));
    const { json, notes } = shorten({ rows, total: 40 }, 20_000);
    expect(json).toMatchObject({ total: 40 });
    expect(notes).toEqual([
      "/rows: 30 of 40 items",
      "/rows/*/text: 300 of up to 5000 characters, at 30 places",
    ]);
  });

  it("never cuts a character in two", () => {
    const { json } = shorten(`x${"😀".repeat(20_000)}`, 15_000);
    expect(json).toMatch(/^x(?:😀)+…$/u);
  });

  it("leaves empty what is too deep", () => {
    let deep: Json = "the end";
    for (let at = 0; at < 200; at++) deep = { next: deep, also: "x".repeat(40) };
    const { json, notes } = shorten(deep, 1_000);
    expect(lengthOf(json)).toBeLessThanOrEqual(1_000);
    expect(notes.at(-1)).toContain("none of 2 members, too deep");
  });

  it("keeps to the limit whatever it is given", () => {
    const wide = Object.fromEntries(
      numbers(10_000).map((at) => [`key ${at} "quoted"`, "\u0000\n".repeat(50)]),
    );
    const values: Json[] = [
      wide,
      [wide, wide],
      "x".repeat(100_000),
      numbers(100_000),
      { ["k".repeat(50_000)]: numbers(3) },
      numbers(50).map((at) => numbers(50).map((inner) => ({ [`${at}-${inner}`]: "y".repeat(999) }))),
    ];
    for (const value of values) {
      for (const limit of [1_000, 5_000, 50_000]) {
        const { json, notes } = shorten(value, limit);
        expect(lengthOf(json)).toBeLessThanOrEqual(limit);
        if (lengthOf(value) > limit) expect(notes).not.toEqual([]);
        expect(notes.length).toBeLessThanOrEqual(13);
        for (const note of notes) expect(note.length).toBeLessThan(250);
      }
    }
  });
});

describe("plainJson", () => {
  it("writes what is shared at each place, and leaves out what is undefined", () => {
    const customer = { name: "Ada", note: undefined };
    expect(plainJson([customer, { customer }])).toEqual({
      json: [{ name: "Ada" }, { customer: { name: "Ada" } }],
      isCircular: false,
    });
  });

  it("keeps the forms of what JSON cannot hold", () => {
    const value = { at: new Date(0), big: 7n, seen: new Map([["a", new Set([undefined, Number.NaN])]]) };
    expect(plainJson(value).json).toEqual({
      at: { $type: "Date", value: "1970-01-01T00:00:00.000Z" },
      big: { $type: "bigint", value: "7" },
      seen: {
        $type: "Map",
        entries: [
          ["a", { $type: "Set", values: [{ $type: "undefined" }, { $type: "number", value: "NaN" }] }],
        ],
      },
    });
  });

  it("does not take data that looks like a reference for one", () => {
    const value = { $type: "reference", path: "" };
    expect(plainJson(value)).toEqual({ json: { $type: "object", properties: value }, isCircular: false });
  });

  it("says that something holds itself", () => {
    const loop: { self?: object } = {};
    loop.self = loop;
    expect(plainJson(loop)).toEqual({ json: { self: { $type: "reference", path: "" } }, isCircular: true });
  });

  it("costs what there is, and not what it would be as text", () => {
    let value: unknown = "x".repeat(100);
    for (let at = 0; at < 60; at++) value = [value, value];
    const { json } = plainJson(value);
    expect(fits(json, 1_000_000)).toBe(false);
    expect(lengthOf(shorten(json, 2_000).json)).toBeLessThanOrEqual(2_000);
  });
});
