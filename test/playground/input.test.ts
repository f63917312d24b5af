/** The input of a script, while it is written in the playground. */
import { describe, expect, it } from "vitest";
import type { Json } from "../../src/json-form/index.ts";
import { fromJsonForm } from "../../src/json-form/index.ts";
import type { Registry } from "../../src/model/registry.ts";
import type { Shape } from "../../src/model/shape.ts";
import { checkInput, completeInput, sampleInput } from "../../src/playground/input/input.ts";
import { createSandbox } from "../../src/runtime/index.ts";
import { inputProblems } from "../../src/runtime/host/script-values.ts";
import { registryOf } from "../queue/registry.ts";

const object = (properties: Readonly<Record<string, Shape>>): Shape => ({
  kind: "object",
  properties: Object.entries(properties).map(([name, shape]) => ({
    name: name.replace("?", ""),
    shape,
    optional: name.endsWith("?"),
    readonly: false,
  })),
  index: [],
});
const text: Shape = { kind: "string" };
const one = (value: string): Shape => ({ kind: "literal", type: "string", value });

const order = object({
  id: { kind: "number" },
  since: { kind: "builtin", name: "Date" },
  "note?": text,
});
const input = object({
  customer: text,
  orders: {
    kind: "array",
    readonly: false,
    element: { kind: "reference", name: "Order", typeArguments: [] },
  },
  "state?": { kind: "union", members: [one("open"), one("paid")] },
  "byName?": { kind: "map", readonly: false, key: text, value: order },
  "seen?": { kind: "set", readonly: false, element: { kind: "bigint" } },
  "plain?": { kind: "boolean" },
});
const registry: Registry = {
  ...registryOf("sha256-1", {}),
  declarations: [{ name: "Order", typeParameters: [], shape: order } as never],
  scripts: [
    { name: "default", input, result: null },
    { name: "bare", input: null, result: null },
  ],
};
const nested: Shape = { kind: "reference", name: "Nested", typeArguments: [] };
const nestedDeclaration = {
  name: "Nested",
  typeParameters: [],
  shape: { kind: "array", readonly: false, element: nested },
} as never;
const script = { name: "a.ts", text: "" };
const date = { $type: "Date", value: "2026-11-22T10:00:00.000Z" };
const good = { customer: "Ada", orders: [{ id: 1, since: date }] };
const check = (value: Json | undefined, of = script) => checkInput(registry, of, value);
const placesOf = (value: Json) => check(value).map(({ path, severity }) => [severity, ...path]);

describe("what is wrong with an input", () => {
  it("is said of all of its parts at once, in the words of a run", async () => {
    const wrong = { customer: 7, orders: [{ id: "1", since: date }, 2], state: "gone", plain: 1, seen: [] };
    const found = check(wrong as Json);
    expect(found.map(({ path }) => path)).toEqual([
      ["customer"],
      ["orders", 0, "id"],
      ["orders", 1],
      ["state"],
      ["seen"],
    ]);
    const sandbox = await createSandbox({ registry, isolation: "none" });
    const refused = sandbox.run("", { input: fromJsonForm(wrong as Json) } as never);
    await expect(refused).rejects.toThrow(
      'input, at .customer: expected string, got 7; at .orders[0].id: expected number, got "1"; at .orders[1]: expected Order, got 2; at .state: expected "open" | "paid", got "gone"; at .seen: expected Set<bigint>, got an empty array; and more.',
    );
    await expect(sandbox.run("", { input: {} } as never)).rejects.toThrow(
      /^input, at \.customer: expected string, got nothing; at \.orders: expected [^;]*, got nothing\.$/u,
    );
    await sandbox.dispose();
  });

  it("is told of a value that holds itself, without an end", () => {
    const itself: unknown[] = [];
    itself.push(itself);
    expect(
      inputProblems(
        { name: "default", input: nested, result: null },
        { declarations: [nestedDeclaration] },
        itself,
      ),
    ).toEqual([]);
    itself.push(1);
    const found = inputProblems(
      { name: "default", input: nested, result: null },
      { declarations: [nestedDeclaration] },
      itself,
    );
    expect(found.length).toBeGreaterThan(0);
    expect(found.length).toBeLessThanOrEqual(5);
  });

  it("is nothing where it is of the type, and where nothing is said of it", () => {
    expect(check(good)).toEqual([]);
    expect(check({ anything: 1 }, { ...script, text: "// @script bare\n" })).toEqual([]);
  });

  it("is said in the words of the host, at the value", async () => {
    const sandbox = await createSandbox({ registry, isolation: "none" });
    const wrong = [
      undefined,
      { customer: 7, orders: [] },
      {
        ...good,
        orders: [
          { id: 1, since: date },
          { id: "2", since: date },
        ],
      },
      { ...good, orders: [{ id: 1 }] },
      { ...good, state: "lost" },
      { ...good, byName: { $type: "Map", entries: [["a", { id: 1, since: "today" }]] } },
      { ...good, seen: { $type: "Set", values: [{ $type: "bigint", value: "1" }, 2] } },
    ];
    const places: unknown[] = [];
    for (const value of wrong) {
      const [found] = check(value as Json | undefined);
      places.push(found?.path);
      const given = { input: value === undefined ? undefined : fromJsonForm(value) } as object;
      await expect(sandbox.run("", given)).rejects.toMatchObject({ message: found?.message });
    }
    await sandbox.dispose();
    expect(places).toEqual([
      [],
      ["customer"],
      ["orders", 1, "id"],
      ["orders", 0, "since"],
      ["state"],
      ["byName", "entries", 0, 1, "since"],
      ["seen", "values", 1],
    ]);
  });

  it("is a word that the JSON form does not know", () => {
    expect(check({ ...good, orders: [{ id: 1, since: { $type: "Dat" } }] })).toMatchObject([
      { path: ["orders", 0, "since"], message: expect.stringContaining("an unknown `$type`") as string },
    ]);
  });

  it("is a name that nobody declares, which the script would not get", () => {
    expect(placesOf({ ...good, custmer: 1 })).toEqual([["warning", "custmer"]]);
    expect(check({ ...good, plian: true })[0]?.message).toBe(
      "`plian` is not declared, so the script does not get it. Did you mean `plain`?",
    );
    expect(placesOf({ ...good, orders: [{ id: 1, since: date, extra: 1 }] })).toEqual([
      ["warning", "orders", 0, "extra"],
    ]);
  });
});

describe("what may stand at a place of an input", () => {
  const at = (...path: (string | number)[]) => completeInput(registry, script, path);

  it("has the names of its properties with their types", () => {
    expect(at().keys.map(({ name, type, optional }) => `${name}${optional ? "?" : ""}: ${type}`)).toEqual([
      "customer: string",
      "orders: Order[]",
      'state?: "open" | "paid"',
      "byName?: Map<string, an object>",
      "seen?: Set<bigint>",
      "plain?: boolean",
    ]);
    const ofOrder = ["id", "since", "note"];
    expect(at("orders", 3).keys.map(({ name }) => name)).toEqual(ofOrder);
    expect(at("byName", "entries", 0, 1).keys.map(({ name }) => name)).toEqual(ofOrder);
    expect(at("nowhere").keys).toEqual([]);
  });

  it("has values to choose from, and a whole one of a longer type", () => {
    const texts = (...path: (string | number)[]) => at(...path).values.map(({ text: written }) => written);
    expect(texts("state")).toEqual(['"open"', '"paid"']);
    expect(texts("plain")).toEqual(["true", "false"]);
    const [filled] = at("orders", 0).values;
    expect(filled?.label).toBe("fill in Order");
    expect(check({ ...good, orders: [JSON.parse(filled!.text) as Json] })).toEqual([]);
    const [since] = texts("orders", 0, "since");
    expect(check({ ...good, orders: [{ id: 1, since: JSON.parse(since!) as Json }] })).toEqual([]);
  });
});

it("makes an input of the type: the same for a seed, another for another", () => {
  const [first, again, other] = [1, 1, 2].map((seed) => sampleInput(registry, script, seed));
  expect(check(first!)).toEqual([]);
  expect(again).toEqual(first);
  expect(other).not.toEqual(first);
  expect(sampleInput(registry, { ...script, text: "// @script bare\n" }, 1)).toBeNull();
});
