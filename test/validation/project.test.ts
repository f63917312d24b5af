/**
 * Results are what their type declares, whatever a host function returns.
 */
import { runInNewContext } from "node:vm";
import { describe, expect, it } from "vitest";
import type { Declaration } from "../../src/model/contract.ts";
import { decode, encode } from "../../src/runtime/crossing/host-codec.ts";
import { projectionOf } from "../../src/validation/project/project.ts";
import type { Shape } from "../../src/model/shape.ts";
import {
  alias,
  all,
  any,
  array,
  brand,
  bytes,
  date,
  element,
  error,
  index,
  interfaceOf,
  literal,
  map,
  nil,
  nonprimitive,
  number,
  object,
  parameterOf,
  record,
  ref,
  set,
  signature,
  string,
  template,
  tuple,
  typeParameter,
  undef,
  union,
  unknown,
} from "../emit/build.ts";

type Projected =
  | { readonly ok: true; readonly fits: boolean; readonly value: unknown }
  | { readonly ok: false; readonly code: string };

function project(
  shape: Shape,
  value: unknown,
  declarations: readonly Declaration[] = [],
  maxBytes = 1e6,
): Projected {
  return projectAs([shape], value, declarations, maxBytes);
}

function projectAs(
  shapes: readonly Shape[],
  value: unknown,
  declarations: readonly Declaration[],
  maxBytes: number,
): Projected {
  const plan = projectionOf(declarations).results(shapes.map((shape) => signature([], shape)));
  const encoded = encode(value, maxBytes, plan);
  if (!encoded.ok) return { ok: false, code: encoded.refusal.code };
  const decoded = decode(encoded.message, Infinity);
  if (!decoded.ok) throw new Error("What was encoded cannot be decoded.");
  return { ok: true, fits: encoded.fits, value: decoded.value };
}

/** What is left of a value that fits. */
function left(shape: Shape, value: unknown, declarations: readonly Declaration[] = []): unknown {
  const projected = project(shape, value, declarations);
  expect(projected).toMatchObject({ ok: true, fits: true });
  return projected.ok ? projected.value : undefined;
}

/** What is left of a value that does not. */
function leftOfWrong(shape: Shape, value: unknown, declarations: readonly Declaration[] = []): unknown {
  const projected = project(shape, value, declarations);
  expect(projected).toMatchObject({ ok: true, fits: false });
  return projected.ok ? projected.value : undefined;
}

const user = object({ id: number, "name?": string });
const row = { id: 1, name: "Ada", passwordHash: "$2b$" };
const clean = { id: 1, name: "Ada" };

class Base {
  id = 1;
  name = "Ada";
  private secret = "$2b$";
  get shout(): string {
    return this.name.toUpperCase() + this.secret;
  }
}
class Derived extends Base {
  extra = "$2b$";
  connection = () => this.extra;
}

describe("what is declared is left, and nothing else", () => {
  const cases: readonly [string, Shape, unknown, unknown, (readonly Declaration[])?][] = [
    ["of a row", user, row, clean],
    ["of a row in another order", user, { passwordHash: 1, name: "Ada", id: 1 }, clean],
    ["of a row without an optional property", user, { id: 1, more: 2 }, { id: 1 }],
    [
      "of a row that says undefined",
      object({ "a?": union(string, undef) }),
      { a: undefined, b: 1 },
      { a: undefined },
    ],
    ["of nothing declared", object({}), row, {}],
    ["of a list", array(user), [row, clean], [clean, clean]],
    [
      "of what hangs below",
      object({ of: object({ list: array(user) }) }),
      { of: { list: [row], x: 1 } },
      { of: { list: [clean] } },
    ],
    [
      "of a tuple",
      tuple(user, string, element(user, "rest")),
      [row, "x", row, row],
      [clean, "x", clean, clean],
    ],
    ["of a map", map(user, array(user)), new Map([[row, [row]]]), new Map([[clean, [clean]]])],
    ["of a set", set(user), new Set([row]), new Set([clean])],
    ["of a record", record(user), { a: row, "b-c": row }, { a: clean, "b-c": clean }],
    ["of an index of numbers", object({}, [index("number", user)]), { 1: row, x: row }, { 1: clean }],
    [
      "of an index by pattern, beside properties",
      object({ id: number }, [index(template(["data-", ""], string), user)]),
      { id: 1, "data-x": row, datax: row },
      { id: 1, "data-x": clean },
    ],
    [
      "of a key that two index signatures speak of",
      object({}, [
        index("string", object({ "a?": number })),
        index(template(["x-", ""], string), object({ "b?": number })),
      ]),
      { "x-1": { a: 1, b: 2, c: 3 }, y: { a: 1, b: 2 } },
      { "x-1": { a: 1, b: 2 }, y: { a: 1 } },
    ],
    [
      "of an instance: its own data, not its accessors",
      object({ id: number, "shout?": string }),
      new Base(),
      { id: 1 },
    ],
    ["of an instance of a derived class: as the base says", user, new Derived(), clean],
    ["of an object without a prototype", user, Object.assign(Object.create(null) as object, row), clean],
    [
      "of an object of another realm",
      user,
      runInNewContext(`({ id: 1, name: "Ada", passwordHash: 2 })`),
      clean,
    ],
    ["of a brand", brand(user, { __brand: literal("User") }), row, clean],
    ["of an intersection", all(object({ id: number }), object({ "name?": string })), row, clean],
    [
      "of an intersection of what hangs below",
      all(object({ u: object({ id: number }) }), object({ u: object({ name: string }) })),
      { u: row },
      { u: clean },
    ],
    ["of a union with null", union(user, nil), row, clean],
    ["null of it", union(user, nil), null, null],
    ["of a union with a list", union(user, array(user)), [row], [clean]],
    ["of a union with a text", union(string, user), "x", "x"],
    ["of a named type", ref("User"), row, clean, [interfaceOf("User", user)]],
    [
      "of a generic",
      ref("Page", user),
      { items: [row], next: 1, cursor: "x" },
      { items: [clean], next: 1 },
      [interfaceOf("Page", object({ items: array(parameterOf("T")), next: number }), [typeParameter("T")])],
    ],
    [
      "of one that contains itself",
      ref("Tree"),
      { name: "a", x: 1, children: [{ name: "b", y: 2, children: [] }] },
      { name: "a", children: [{ name: "b", children: [] }] },
      [interfaceOf("Tree", object({ name: string, children: array(ref("Tree")) }))],
    ],
    [
      "of one that grows with every level",
      ref("G", string),
      { v: "a", x: 1, next: { v: ["b"], x: 1, next: { v: [["c"]], x: 1 } } },
      { v: "a", next: { v: ["b"], next: { v: [["c"]] } } },
      [
        interfaceOf("G", object({ v: parameterOf("T"), "next?": ref("G", array(parameterOf("T"))) }), [
          typeParameter("T"),
        ]),
      ],
    ],
    ["of anything, all", any, row, row],
    ["of unknown, all", object({ data: unknown }), { data: row, x: 1 }, { data: row }],
    ["of object, all", nonprimitive, row, row],
    [
      "of a list and its named properties",
      all(array(user), object({ total: number })),
      Object.assign([row], { total: 1, sql: "x" }),
      Object.assign([clean], { total: 1 }),
    ],
    ["of a match: its elements", array(string), /(?<x>a)/.exec("a"), ["a", "a"]],
    [
      "of a class of arrays: its elements",
      array(user),
      new (class Rows extends Array {
        sql = "x";
      })().concat([row]),
      [clean],
    ],
  ];
  it.each(cases)("%s", (_name, shape, value, wanted, declarations) => {
    const before = structuredCloneable(value);
    const found = left(shape, value, declarations);
    expect(found).toEqual(wanted);
    expect(Array.isArray(found) ? Object.keys(found) : null).toEqual(
      Array.isArray(wanted) ? Object.keys(wanted) : null,
    );
    if (before !== null) expect(structuredClone(value)).toEqual(before);
  });

  it("keeps the order of the host's properties", () => {
    expect(Object.keys(left(user, { name: "Ada", x: 1, id: 1 }) as object)).toEqual(["name", "id"]);
  });

  it("keeps holes, and what is shared or contains itself", () => {
    const holes = left(array(union(user, undef)), [, row, ,]) as unknown[];
    expect([holes.length, 0 in holes, 1 in holes, 2 in holes]).toEqual([3, false, true, false]);
    const [one, other] = left(array(user), [row, row]) as unknown[];
    expect(one).toBe(other);
    const node = { name: "a", secret: 1, self: null as unknown };
    node.self = node;
    const tree = left(ref("Node"), node, [
      interfaceOf("Node", object({ name: string, self: ref("Node") })),
    ]) as typeof node;
    expect(tree.self).toBe(tree);
    expect(Object.keys(tree)).toEqual(["name", "self"]);
    // In two places of different types it is two objects, each with what its place declares.
    expect(left(object({ a: object({ id: number }), b: user }), { a: row, b: row })).toEqual({
      a: { id: 1 },
      b: clean,
    });
  });

  it("keeps one object in places of several types one, when both declare all of it", () => {
    const shared = { id: 1 };
    const both = object({ a: object({ id: number }), b: object({ "id?": number }), "c?": unknown });
    const found = left(both, { a: shared, b: shared }) as { a: object; b: object };
    expect(found.a).toBe(found.b);
    const anywhere = left(both, { a: shared, b: { id: 2 }, c: [new Map([["x", shared]])] }) as {
      a: object;
      c: [Map<string, object>];
    };
    expect(anywhere.c[0].get("x")).toBe(anywhere.a);
    // Not when something has to stay behind: nothing is handed over for the sake of being one.
    expect(left(both, { a: shared, b: shared, c: 1, d: 2 })).toEqual({ a: shared, b: shared, c: 1 });
    const list = Object.assign([1], { sql: "x" });
    const lists = object({ a: array(number), b: array(union(number, string)) });
    expect(Object.keys((left(lists, { a: list, b: list }) as { a: object }).a)).toEqual(["0"]);
    const failure = Object.assign(new Error("x"), { sql: "x" });
    const errors = object({ a: error(), b: error("Error", { "id?": number }) });
    expect(Object.keys((left(errors, { a: failure, b: failure }) as { a: object }).a)).toEqual([]);
    const coded = new (class extends Error {
      get code(): string {
        return "x";
      }
    })();
    expect((left(errors, { a: coded, b: coded }) as { a: { code?: string } }).a.code).toBeUndefined();
  });

  // So few are found in a list, and more in a map.
  it.each([30, 31, 32, 33])("keeps %i objects what they are when another type is met after them", (count) => {
    const rows = Array.from({ length: count }, (_, id) => ({ id, name: "a", secret: 1 }));
    const declared = object({ a: array(user), b: object({ id: number }), c: array(user) });
    const found = left(declared, { a: rows, b: rows[0], c: rows }) as {
      a: unknown[];
      b: unknown;
      c: unknown[];
    };
    expect(found.b).toEqual({ id: 0 });
    expect(found.a.every((row, i) => row === found.c[i])).toBe(true);
  });

  it("reads each declared accessor once, and no other", () => {
    let reads = 0;
    const value = {
      get id() {
        return ++reads;
      },
      get passwordHash(): never {
        throw new Error("an undeclared accessor was read");
      },
    };
    expect(left(user, value)).toEqual({ id: 1 });
    expect(
      left(object({ id: number }), {
        get id() {
          return ++reads;
        },
      }),
    ).toEqual({ id: 2 });
    expect(reads).toBe(2);
    expect(() =>
      project(user, {
        get id(): never {
          throw new Error("its own");
        },
      }),
    ).toThrow("its own");
  });

  it("an own __proto__ is refused", () => {
    const value = JSON.parse(`{ "id": 1, "__proto__": { "x": 1 }, "more": 1 }`) as object;
    expect(project(user, value)).toEqual({ ok: false, code: "ERR_BINDING_NOT_CLONABLE" });
  });

  it("keeps many objects apart by their types, and one by one", () => {
    const rows = Array.from({ length: 100 }, (_, at) => ({ ...row, id: at }));
    const shape = object({ ids: array(object({ id: number })), users: array(user), again: array(user) });
    const found = left(shape, { ids: rows, users: rows, again: [...rows].reverse() }) as Record<
      "ids" | "users" | "again",
      object[]
    >;
    expect(found.ids).toEqual(rows.map(({ id }) => ({ id })));
    expect(found.users).toEqual(rows.map(({ id, name }) => ({ id, name })));
    expect(found.again.map((one) => found.users.indexOf(one))).toEqual(rows.map((_, at) => 99 - at));
    expect(found.ids).not.toContain(found.users[0]);
  });

  it("objects with the same properties in other orders, and with more and fewer of them", () => {
    const kinds = [
      { id: 1, name: "a" },
      { name: "b", id: 2 },
      { id: 3 },
      { x: 1, id: 4 },
      { y: 1, name: "c", id: 5 },
    ];
    const all = Array.from({ length: 40 }, (_, at) => ({ ...kinds[at % 5]!, id: at }));
    const found = left(array(user), all) as { id: number; name?: string }[];
    expect(found.map((one) => Object.keys(one))).toEqual(
      all.map((one) => Object.keys(one).filter((key) => key !== "x" && key !== "y")),
    );
    expect(found.map(({ id }) => id)).toEqual(all.map(({ id }) => id));
  });

  it("what an accessor sends meanwhile is another value", () => {
    const value = {
      get id() {
        return (left(user, { ...row, id: 7 }) as { id: number }).id;
      },
      secret: 1,
      name: "Ada",
    };
    expect(left(array(user), [row, value])).toEqual([clean, { id: 7, name: "Ada" }]);
  });
});

describe("of a union", () => {
  const cat = object({ kind: literal("cat"), lives: number });
  const dog = object({ kind: literal("dog"), "tricks?": array(string) });
  it("the member with its tag decides, in lists too", () => {
    const values = [
      { kind: "cat", lives: 9, tricks: ["none"] },
      { kind: "dog", lives: 1, tricks: ["sit"] },
    ];
    const wanted = [
      { kind: "cat", lives: 9 },
      { kind: "dog", tricks: ["sit"] },
    ];
    expect(left(array(union(cat, dog)), values)).toEqual(wanted);
    expect(left(union(array(cat), array(dog)), values.slice(1))).toEqual(wanted.slice(1));
    expect(left(union(nil, union(cat, string, dog)), values[0])).toEqual(wanted[0]);
  });

  it("without a tag the member that fits, and of those the one that knows most", () => {
    const a = object({ a: number });
    const ab = object({ a: number, b: object({ c: number }) });
    expect(left(union(a, ab), { a: 1, b: { c: 1, d: 2 }, x: 1 })).toEqual({ a: 1, b: { c: 1 } });
    expect(left(union(a, ab), { a: 1, b: "no object", x: 1 })).toEqual({ a: 1 });
    expect(left(union(ab, object({ a: string, z: number })), { a: "x", z: 1, b: 2 })).toEqual({
      a: "x",
      z: 1,
    });
    class Money {
      a = 1;
      b = new (class {
        c = 1;
        secret = 2;
      })();
    }
    expect(left(union(a, ab), new Money())).toEqual({ a: 1, b: { c: 1 } });
  });

  it("a value that fits none is what it comes closest to, and is wrong", () => {
    const found = leftOfWrong(union(object({ a: number }), object({ b: string, c: string })), {
      b: 1,
      c: "x",
      d: 1,
    });
    expect(found).toEqual({ b: 1, c: "x" });
  });

  it("looks at each part once, and no deeper than may cross", () => {
    const both = alias(
      "Both",
      union(object({ "a?": ref("Both"), x: number }), object({ "a?": ref("Both"), y: number })),
    );
    let value: object = { x: 1 };
    for (let level = 0; level < 40; level++)
      value = { a: value, ...(level % 2 === 0 ? { y: 1 } : { x: 1 }), z: 1 };
    let found = left(ref("Both"), value, [both]) as { a?: typeof found; z?: number } | undefined;
    for (; found !== undefined; found = found.a) expect(found.z).toBeUndefined();
    for (let level = 0; level < 20_000; level++) value = { a: value, x: 1 };
    expect(project(ref("Both"), value, [both])).toEqual({ ok: false, code: "ERR_BINDING_NOT_CLONABLE" });
  });

  it("kinds tell members apart", () => {
    const shape = union(user, date, bytes, map(string, user), set(user), error("RangeError"));
    const today = new Date(0);
    expect(left(shape, today)).toEqual(today);
    const letters = new Uint8Array(2);
    expect(left(shape, letters)).toEqual(letters);
    expect(left(shape, new Map([["a", row]]))).toEqual(new Map([["a", clean]]));
    expect(left(shape, row)).toEqual(clean);
    expect(left(union(user, any), row)).toEqual(row);
  });

  it("what overloads return is one", () => {
    expect(projectAs([string, user], row, [], 1e6)).toEqual({ ok: true, value: clean, fits: true });
    expect(projectAs([string, user], "x", [], 1e6)).toEqual({ ok: true, value: "x", fits: true });
  });
});

describe("of an error", () => {
  class HttpError extends RangeError {
    override name = "HttpError";
    code = "E_HTTP";
    status = 404;
    request = { headers: { authorization: "secret" } };
    override cause: unknown = Object.assign(new TypeError("below"), { parameters: ["secret"] });
  }
  const keysOf = (value: unknown): readonly string[] =>
    Object.getOwnPropertyNames(value)
      .filter((key) => key !== "stack")
      .sort();

  it("class, name, message, cause, and what its type declares", () => {
    const found = left(error("Error", { status: number }), new HttpError("gone")) as HttpError;
    expect(found).toBeInstanceOf(RangeError);
    expect(found).not.toBeInstanceOf(HttpError);
    expect([found.name, found.message, found.status]).toEqual(["HttpError", "gone", 404]);
    expect(keysOf(found)).toEqual(["cause", "message", "name", "status"]);
    expect(found.cause).toBeInstanceOf(TypeError);
    expect(keysOf(found.cause)).toEqual(["message"]);
    expect(keysOf(left(error("RangeError", { code: string }), new HttpError("gone")))).toEqual([
      "cause",
      "code",
      "message",
      "name",
    ]);
  });

  it("what its properties declare of what they hold", () => {
    const value = Object.assign(new Error("x"), { of: row });
    expect((left(error("Error", { of: user }), value) as typeof value).of).toEqual(clean);
    expect((left(all(error(), object({ of: user })), value) as typeof value).of).toEqual(clean);
  });

  it("no message where there is none", () => {
    expect(keysOf(left(error(), new Error()))).toEqual([]);
    expect(keysOf(left(error(), new Error("")))).toEqual(["message"]);
  });

  it("all errors of an aggregate, as errors", () => {
    const value = new AggregateError([new HttpError("a"), 5], "all");
    const found = left(error("AggregateError"), value) as AggregateError;
    expect(found).toBeInstanceOf(AggregateError);
    expect([keysOf(found.errors[0]), found.errors[1], keysOf(found)]).toEqual([
      ["cause", "message", "name"],
      5,
      ["errors", "message"],
    ]);
  });

  it("one that is its own cause", () => {
    const value = new Error("x");
    value.cause = value;
    const found = left(error(), value) as Error;
    expect((found.cause as Error).cause).toBe(found.cause);
  });
});

describe("where a type declares no object of that kind", () => {
  const cases: readonly [string, Shape, unknown, unknown][] = [
    ["a row for a text", string, row, {}],
    ["a list for a row", user, [row], []],
    ["a row for a list", array(user), row, {}],
    ["a map for a row", user, new Map([["a", row]]), new Map()],
    ["a set for a list", array(user), new Set([row]), new Set()],
    ["a date for a row", user, new Date(5), {}],
    ["bytes for a row", user, new Uint8Array(5), {}],
    ["a row for a date", date, row, {}],
    ["a row for null or a text", union(string, nil), row, {}],
    ["a tuple that is too long", tuple(string), ["a", row], ["a"]],
  ];
  it.each(cases)("%s is empty, and wrong", (_name, shape, value, wanted) => {
    expect(leftOfWrong(shape, value)).toEqual(wanted);
  });

  it("an error for a row is empty, and wrong", () => {
    const found = leftOfWrong(user, Object.assign(new TypeError("secret"), { id: 1 })) as Error;
    expect([found instanceof TypeError, found.message, Object.keys(found)]).toEqual([true, "", []]);
  });

  it("a wrong value that is no object is left to the check of results", () => {
    expect(left(user, "text")).toBe("text");
    expect(left(user, { id: "text", x: 1 })).toEqual({ id: "text" });
    const call = (): number => 1;
    expect(project(object({ id: number }), { id: call, x: 1 })).toMatchObject({ ok: false });
    expect(left(object({ id: number }), { id: 1, x: call })).toEqual({ id: 1 });
  });
});

describe("what cannot cross is refused", () => {
  it("for its size, before it is written", () => {
    const huge: unknown[] = [];
    huge.length = 2 ** 32 - 1;
    expect(project(array(user), huge)).toEqual({ ok: false, code: "ERR_SANDBOX_PAYLOAD_TOO_LARGE" });
    expect(project(array(number), new Array(2_000).fill(1), [], 1_000)).toEqual({
      ok: false,
      code: "ERR_SANDBOX_PAYLOAD_TOO_LARGE",
    });
    expect(project(record(number), { a: 1, b: 2, c: 3 }, [], 200)).toEqual({
      ok: false,
      code: "ERR_SANDBOX_PAYLOAD_TOO_LARGE",
    });
    // What is not declared does not count.
    const more = Object.fromEntries(Array.from({ length: 999 }, (_, at) => [`x${at}`, 1]));
    expect(project(user, { ...row, ...more }, [], 500)).toMatchObject({ ok: true });
  });

  it("for its depth", () => {
    let list: unknown = null;
    for (let level = 0; level < 1_000; level++) list = { next: list };
    const node = alias("Node", object({ next: union(ref("Node"), nil) }));
    expect(project(ref("Node"), list, [node])).toEqual({ ok: false, code: "ERR_BINDING_NOT_CLONABLE" });
  });
});

/** A picture of a value that can be compared later; `null` for one that cannot be taken. */
function structuredCloneable(value: unknown): unknown {
  try {
    return structuredClone(value);
  } catch {
    return null;
  }
}
