import { execFileSync } from "node:child_process";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { fromJsonForm, JsonFormError, toJsonForm } from "../../src/json-form/index.ts";

const roundTrip = (value: unknown): unknown => fromJsonForm(JSON.parse(JSON.stringify(toJsonForm(value))));

describe("the JSON form", () => {
  it("leaves plain JSON as it is", () => {
    fc.assert(
      fc.property(fc.jsonValue(), (value) => {
        const plain = JSON.parse(JSON.stringify(value)) as unknown;
        if (JSON.stringify(plain).includes("$type")) return;
        expect(toJsonForm(plain)).toEqual(plain);
      }),
    );
  });

  it("gives every clonable value back", () => {
    fc.assert(
      fc.property(
        fc.anything({
          withBigInt: true,
          withDate: true,
          withMap: true,
          withSet: true,
          withTypedArray: true,
          withSparseArray: true,
          withObjectString: true,
        }),
        (value) => {
          const cloned: unknown = structuredClone(value);
          expect(roundTrip(cloned)).toStrictEqual(cloned);
        },
      ),
      { numRuns: 500 },
    );
  });

  it.each([
    ["undefined", undefined, { $type: "undefined" }],
    ["NaN", Number.NaN, { $type: "number", value: "NaN" }],
    ["-0", -0, { $type: "number", value: "-0" }],
    ["a bigint", 12n, { $type: "bigint", value: "12" }],
    ["a Date", new Date(0), { $type: "Date", value: "1970-01-01T00:00:00.000Z" }],
    ["no date", new Date(Number.NaN), { $type: "Date", value: null }],
    ["a Map", new Map([["a", 1]]), { $type: "Map", entries: [["a", 1]] }],
    ["a Set", new Set([1]), { $type: "Set", values: [1] }],
    ["a RegExp", /a/giu, { $type: "RegExp", source: "a", flags: "giu" }],
    ["bytes", new Uint8Array([1, 2]), { $type: "Uint8Array", base64: "AQI=" }],
    ["a sparse array", [1, , 3], { $type: "array", length: 3, items: { 0: 1, 2: 3 } }],
    ["data that looks like the form", { $type: "Map" }, { $type: "object", properties: { $type: "Map" } }],
  ])("writes %s as documented, and reads it back", (_name, value, form) => {
    expect(toJsonForm(value)).toEqual(form);
    expect(roundTrip(value)).toStrictEqual(value);
  });

  it("writes values of `Temporal` as their ISO text, and reads them back, in an engine that has it", () => {
    const script = `
      const { fromJsonForm, toJsonForm } = await import(${JSON.stringify(new URL("../../src/json-form/index.ts", import.meta.url))});
      const day = Temporal.PlainDate.from("2026-01-02");
      const form = toJsonForm({ day, same: day, length: Temporal.Duration.from("PT1H") });
      const read = fromJsonForm(form);
      let refused;
      try { fromJsonForm({ $type: "Temporal.PlainDate", value: "tomorrow" }); } catch (error) { refused = error.message; }
      console.log(JSON.stringify({ form, kept: read.day instanceof Temporal.PlainDate && read.day === read.same, refused }));
    `;
    const flags = ["--harmony-temporal", "--input-type=module", "-e", script];
    expect(JSON.parse(String(execFileSync(process.execPath, flags)))).toEqual({
      form: {
        day: { $type: "Temporal.PlainDate", value: "2026-01-02" },
        same: { $type: "reference", path: "/day" },
        length: { $type: "Temporal.Duration", value: "PT1H" },
      },
      kept: true,
      refused:
        "the input is not in the JSON form: the value at the top is not the text of a Temporal.PlainDate.",
    });
  });

  it.skipIf("Temporal" in globalThis)("says that an engine has no `Temporal`", () => {
    expect(() => fromJsonForm([{ $type: "Temporal.Instant", value: "2026-01-02T03:04Z" }])).toThrow(
      "the value at /0 needs an engine with `Temporal`",
    );
  });

  it("keeps shared and circular references", () => {
    const shared = { n: 1 };
    const loop: Record<string, unknown> = { "a/b": shared, again: shared };
    loop["self"] = loop;
    expect(toJsonForm(loop)).toEqual({
      "a/b": { n: 1 },
      again: { $type: "reference", path: "/a~1b" },
      self: { $type: "reference", path: "" },
    });
    const back = roundTrip(loop) as Record<string, unknown>;
    expect(back["self"]).toBe(back);
    expect(back["again"]).toBe(back["a/b"]);
  });

  it("keeps an Error's class, name, message, cause and data", () => {
    const error = new TypeError("bad", { cause: new RangeError("deep") });
    Object.assign(error, { code: "E_BAD" });
    expect(toJsonForm(error)).toEqual({
      $type: "TypeError",
      name: "TypeError",
      message: "bad",
      cause: { $type: "RangeError", name: "RangeError", message: "deep" },
      data: { code: "E_BAD" },
    });
    const back = roundTrip(error) as TypeError & { code: string };
    expect(back).toBeInstanceOf(TypeError);
    expect(back.cause).toBeInstanceOf(RangeError);
    expect([back.message, back.code]).toEqual(["bad", "E_BAD"]);
  });

  it("stays finite where a graph of shared references would double at every level", () => {
    let graph: unknown = {};
    for (let level = 0; level < 60; level++) graph = [graph, graph];
    expect(JSON.stringify(toJsonForm(graph)).length).toBeLessThan(20_000);
  });

  it("never turns an own `__proto__` into a prototype", () => {
    const back = fromJsonForm(JSON.parse('{"__proto__": {"evil": true}}')) as object;
    expect(Object.getPrototypeOf(back)).toBe(Object.prototype);
    expect(Object.keys(back)).toEqual(["__proto__"]);
  });

  it.each([
    [{ $type: "Mapp" }, 'the value at the top has an unknown `$type`, "Mapp". Did you mean `Map`?'],
    [[{ $type: 7 }], "the value at /0 has a `$type` that is no text."],
    [{ $type: undefined }, "the value at the top has a `$type` that is no text."],
    [{ $type: "number", value: "1" }, 'is none of "NaN"'],
    [{ $type: "Date", value: "soon" }, "is not the text of a Date"],
    [{ $type: "Date", value: "1" }, "is not the text of a Date"],
    [{ $type: "Date", value: "-000000-01-01" }, "is not the text of a Date"],
    [{ $type: "Date", value: "2026-02-30" }, "is not the text of a Date"],
    [{ $type: "Date", value: "2026-02-03T10:00" }, "is not the text of a Date"],
    [{ $type: "Uint8Array", base64: "%%%%" }, "is not in base64"],
    [{ $type: "Uint8Array", base64: "AQI" }, "is not in base64"],
    [{ rows: [{ $type: "Map", entries: [1] }] }, "at /rows/0 has an entry that is no pair"],
    [{ $type: "bigint", value: "1.5" }, "is not a bigint"],
    [{ $type: "reference", path: "/later" }, "not before it"],
    [{ $type: "Uint32Array", base64: "AQI=" }, "no Uint32Array has"],
  ])("refuses %j with the place", (form, words) => {
    expect(() => fromJsonForm(form)).toThrow(JsonFormError);
    expect(() => fromJsonForm(form)).toThrow(words);
  });

  it.each([
    ["2026-02-28", "2026-02-28T00:00:00.000Z"],
    ["2026-02-28T23:30:00+02:00", "2026-02-28T21:30:00.000Z"],
    ["2026-02-28T23:30Z", "2026-02-28T23:30:00.000Z"],
    ["+010000-01-01T00:00:00.000Z", "+010000-01-01T00:00:00.000Z"],
    ["-000001-01-01T00:00:00.000Z", "-000001-01-01T00:00:00.000Z"],
  ])("reads the date %s", (value, iso) => {
    expect((fromJsonForm({ $type: "Date", value }) as Date).toISOString()).toBe(iso);
  });

  it("says where, for whoever answers a request", () => {
    const form = { rows: [1, { $type: "Temporal.Instant", value: "x" }] };
    expect(() => fromJsonForm(form)).toThrow(
      expect.objectContaining({ code: "ERR_JSON_FORM", path: "/rows/1" }),
    );
  });

  it("refuses what is too deep instead of filling the stack", () => {
    const nested = (depth: number): unknown => JSON.parse("[".repeat(depth) + "]".repeat(depth));
    expect(fromJsonForm(nested(1_000))).toEqual(nested(1_000));
    expect(() => fromJsonForm(nested(1_002))).toThrow("more than 1000 levels deep");
    const wide = { ["a".repeat(5_000)]: [1] };
    expect(fromJsonForm(wide)).toEqual(wide);
  });
});
