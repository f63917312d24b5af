/**
 * What an emission remembers makes the next one faster and nothing else: whichever contract comes after whichever, the files are those
 * of a first emission.
 */
import { describe, expect, it } from "vitest";
import { emit, type EmitOptions } from "../../src/emit/emit.ts";
import { emitMemory } from "../../src/emit/memory.ts";
import { shared } from "../../src/model/shared.ts";
import type { Contract, Declaration } from "../../src/model/contract.ts";
import {
  alias,
  array,
  bytes,
  contract,
  date,
  doc,
  error,
  interfaceOf,
  leaf,
  literal,
  number,
  object,
  parameter,
  parameterOf,
  ref,
  string,
  tuple,
  typeParameter,
  undef,
  union,
} from "./build.ts";

const options: EmitOptions = { definitionImport: "../bindings.ts", excessProperties: "refuse" };
const long = "a text that is long enough to be a constant";

const item = interfaceOf("Item", object({ id: string, at: date, "next?": ref("Item"), tag: literal(long) }));
const page = alias("Page", object({ items: array(ref("Item")), size: number }));
const box = alias("Box", object({ inside: parameterOf("T") }), [typeParameter("T")]);
const types: readonly Declaration[] = [box, item, page];
const find = leaf([parameter("query", string), parameter("limit", number)], ref("Page"));
const save = leaf([ref("Item")], ref("Box", bytes), { policy: { timeoutMs: 100, maxCalls: 5 } });
const plain = contract({ items: { find }, save }, types);

/** What an author may do to it. */
const states: Readonly<Record<string, Contract>> = {
  plain,
  "a parameter has another name": contract(
    { items: { find: leaf([parameter("text", string), parameter("limit", number)], ref("Page")) }, save },
    types,
  ),
  "a parameter of another type": contract(
    { items: { find: leaf([parameter("query", bytes), parameter("limit", number)], ref("Page")) }, save },
    types,
  ),
  "a parameter that may be missing": contract(
    {
      items: {
        find: leaf([parameter("query", string), parameter("limit", number, "optional")], ref("Page")),
      },
      save,
    },
    types,
  ),
  "a result of another type": contract(
    {
      items: { find: leaf([parameter("query", string), parameter("limit", number)], array(ref("Page"))) },
      save,
    },
    types,
  ),
  documentation: contract({ items: { find: { ...find, doc: doc("Finds items.") } }, save }, types),
  "documentation of a property": contract({ items: { find }, save }, [
    box,
    interfaceOf("Item", {
      ...object({}),
      properties: object({ id: string, at: date, "next?": ref("Item"), tag: literal(long) }).properties.map(
        (one) => ({ ...one, doc: doc(`The ${one.name}.`) }),
      ),
    }),
    page,
  ]),
  "one more leaf before the others": contract({ first: leaf([], undef), items: { find }, save }, types),
  "one leaf less": contract({ save }, types),
  "leaves in another order": contract({ save, items: { find } }, types),
  "a leaf one level down": contract({ items: { find, inner: { save } } }, types),
  "a policy in another order": contract(
    {
      items: { find },
      save: leaf([ref("Item")], ref("Box", bytes), { policy: { maxCalls: 5, timeoutMs: 100 } }),
    },
    types,
  ),
  "properties in another order": contract({ items: { find }, save }, [
    box,
    interfaceOf("Item", object({ tag: literal(long), "next?": ref("Item"), at: date, id: string })),
    page,
  ]),
  "another type": contract({ items: { find }, save }, [
    box,
    interfaceOf(
      "Item",
      object({ id: union(string, number), at: date, "next?": ref("Item"), tag: literal(long) }),
    ),
    page,
  ]),
  "negative zero": contract({ items: { find }, save, zero: leaf([literal(-0)], literal(0)) }, types),
  zero: contract({ items: { find }, save, zero: leaf([literal(0)], literal(-0)) }, types),
  "a type that hides a built-in": contract({ items: { find }, save, day: leaf([ref("Date")], undef) }, [
    box,
    alias("Date", object({ day: number })),
    item,
    page,
  ]),
  "an error": contract(
    {
      items: {
        find: {
          ...find,
          throws: [
            { name: "Uint8Array", shape: error("RangeError", { most: number }), description: "Too many." },
          ],
        },
      },
      save,
    },
    types,
  ),
  "a type parameter with a bound": contract({ items: { find }, save }, [
    alias("Box", object({ inside: parameterOf("T") }), [typeParameter("T", union(bytes, string))]),
    item,
    page,
  ]),
  "labels of a tuple": contract(
    { items: { find }, save, pair: leaf([tuple({ label: "x", shape: number, quantity: "one" })], undef) },
    types,
  ),
  "no labels": contract(
    { items: { find }, save, pair: leaf([tuple({ label: null, shape: number, quantity: "one" })], undef) },
    types,
  ),
  globals: {
    ...plain,
    globals: {
      properties: [{ name: "region", shape: string, optional: false, readonly: true }],
      doc: doc(""),
      source: plain.root.source,
    },
  },
  "the other style": { ...plain, style: "implementation" },
};

describe("an emission after another", () => {
  const names = Object.keys(states);
  it.each(names)("gives the files of a first one: after %s", (first) => {
    for (const second of names) {
      const memory = emitMemory();
      let before: Contract | undefined;
      // There, back and there again: what the first has left is still there.
      for (const name of [first, second, first]) {
        const now = shared(before, moved(states[name] as Contract), "source");
        expect(emit(now, options, memory), `${first}, then ${second}`).toEqual(
          emit(states[name] as Contract, options),
        );
        before = now;
      }
    }
  });

  it("gives the files of a first one in another folder, whose contract has types in common", () => {
    const memory = emitMemory();
    let before: Contract | undefined;
    for (const name of names) {
      const now = shared(before, moved(states[name] as Contract), "source");
      const wanted = emit(states[name] as Contract, options);
      expect(emit(now, options, memory), name).toEqual(wanted);
      const beside = emitMemory(memory);
      expect(emit(now, options, beside), `${name}, beside`).toEqual(wanted);
      expect(emit(before ?? now, options, beside), `before ${name}, beside`).toEqual(
        emit(before ?? now, options),
      );
      before = now;
    }
  });

  it("heeds the options", () => {
    const memory = emitMemory();
    for (const excessProperties of ["refuse", "strip", "allow", "refuse"] as const) {
      const own = { ...options, excessProperties };
      expect(emit(plain, own, memory)).toEqual(emit(plain, own));
    }
  });

  it("makes nothing again of what is as it was", () => {
    const first = shared(undefined, moved(plain));
    const second = shared(first, moved(states["a parameter has another name"] as Contract), "source");
    expect(second.declarations).toBe(first.declarations);
    expect(shared(first, moved(plain), "source")).toBe(first);
    expect(shared(first, structuredClone(first))).toBe(first);
    const elsewhere = moved(plain);
    expect(shared(first, elsewhere), "with the places of now").toEqual(elsewhere);
  });
});

let lines = 0;

/** The same contract as it is read after an edit above it: of other objects, at other places. */
function moved(of: Contract): Contract {
  const line = ++lines;
  return structuredClone(JSON.parse(JSON.stringify(of, replaced), revived)) as Contract;

  function replaced(key: string, value: unknown): unknown {
    if (key === "source") return { ...(value as object), line };
    return Object.is(value, -0) ? "-0!" : value;
  }
  function revived(_key: string, value: unknown): unknown {
    return value === "-0!" ? -0 : value;
  }
}
