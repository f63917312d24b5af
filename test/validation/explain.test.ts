/**
 * The words of a refusal, and the values that break validators.
 */
import { describe, expect, it } from "vitest";
import { explainArguments, explainResult } from "../../src/validation/explain.ts";
import { validatorFuel, validatorSteps } from "../../src/model/limits.ts";
import { nowhere, type Declaration } from "../../src/model/contract.ts";
import type { Shape } from "../../src/model/shape.ts";
import {
  alias,
  array,
  contract,
  element,
  error,
  index,
  interfaceOf,
  leaf,
  literal,
  map,
  nil,
  number,
  object,
  parameter,
  record,
  ref,
  set,
  string,
  template,
  tuple,
  union,
  unknown,
} from "../emit/build.ts";
import { load } from "../emit/load.ts";

/** The message for one argument of a shape; `null` when it is accepted. */
function say(shape: Shape, value: unknown, declarations: readonly Declaration[] = []): string | null {
  const { registry } = load(contract({ db: { query: leaf([shape], unknown) } }, declarations));
  return explainArguments(registry.leaves[0]!, registry, [value])?.message ?? null;
}

const person = interfaceOf("Person", object({ name: string, "age?": number }));
const order = alias("Order", union(literal("asc"), literal("desc")));
const either = alias("Either", union(string, ref("Person")));
const circle = object({ kind: literal("circle"), radius: number });
const square = object({ kind: literal("square"), side: number });

describe("a refusal says", () => {
  const cases: readonly [string, Shape, unknown, string][] = [
    ["a wrong primitive", string, 1, "argument 1: expected string, got 1"],
    [
      "where in an array",
      array(ref("Person")),
      [{ name: "a" }, { name: 1 }],
      "argument 1, at [1].name: expected string, got 1",
    ],
    [
      "the values a name stands for",
      ref("Order"),
      "up",
      'argument 1: expected Order ("asc" | "desc"), got "up"',
    ],
    ["a name alone where it stands for more", ref("Either"), 1, "argument 1: expected Either, got 1"],
    ["a name alone inside another type", array(ref("Order")), 1, "argument 1: expected Order[], got 1"],
    ["a missing property", ref("Person"), {}, "argument 1, at .name: expected string, got nothing"],
    [
      "a property too many",
      ref("Person"),
      { name: "a", x: 1 },
      "argument 1, at .x: expected no such property, got 1",
    ],
    [
      "an explicit undefined",
      ref("Person"),
      { name: "a", age: undefined },
      "argument 1, at .age: expected number, got undefined",
    ],
    ["a named type", ref("Person"), 5, "argument 1: expected Person, got 5"],
    ["an array for an object", ref("Person"), [], "argument 1: expected Person, got an empty array"],
    [
      "a literal",
      union(literal("asc"), literal("desc")),
      "up",
      'argument 1: expected "asc" | "desc", got "up"',
    ],
    [
      "the member that was meant",
      union(circle, square),
      { kind: "circle", radius: "1" },
      'argument 1, at .radius: expected number, got "1"',
    ],
    [
      "a map's value",
      map(string, number),
      new Map([["a", "b"]]),
      'argument 1, at .get("a"): expected number, got "b"',
    ],
    [
      "a map's key",
      map(string, number),
      new Map([[1, 1]]),
      "argument 1, at .keys()[0]: expected string, got 1",
    ],
    [
      "a set's element",
      set(string),
      new Set(["a", 2]),
      "argument 1, at .values()[1]: expected string, got 2",
    ],
    [
      "a tuple's length",
      tuple(string, element(number, "optional")),
      [],
      "argument 1: expected 1 to 2 elements, got 0",
    ],
    ["a hole", array(string), [, "a"], "argument 1, at [0]: expected string, got nothing"],
    [
      "a template",
      template(["user-", ""], number),
      "user-x",
      'argument 1: expected `user-${number}`, got "user-x"',
    ],
    ["an odd key", record(number), { "a b": "x" }, 'argument 1, at ["a b"]: expected number, got "x"'],
    ["NaN and -0 as they are", string, -0, "argument 1: expected string, got -0"],
  ];
  for (const [what, shape, value, message] of cases) {
    it(what, () => expect(say(shape, value, [person, order, either])).toBe(`db.query, ${message}`));
  }

  it("how many arguments a binding takes", () => {
    const { registry } = load(contract({ f: leaf([string, parameter("b", number, "optional")], unknown) }));
    const message = (args: unknown[]) => explainArguments(registry.leaves[0]!, registry, args)?.message;
    expect(message([])).toBe("f: expected 1 to 2 arguments, got 0");
    expect(message(["a", 1, 2])).toBe("f: expected 1 to 2 arguments, got 3");
    expect(message(["a", undefined])).toBeUndefined();
  });

  it("the parts as data", () => {
    const { registry } = load(contract({ db: { query: leaf([string, array(number)], unknown) } }));
    expect(explainArguments(registry.leaves[0]!, registry, ["a", [1, "2"]])).toEqual({
      binding: "db.query",
      argument: 2,
      path: "[1]",
      expected: "number",
      received: '"2"',
      message: 'db.query, argument 2, at [1]: expected number, got "2"',
    });
  });

  it("what is wrong with a result", () => {
    const { registry } = load(contract({ f: leaf([], array(string)) }));
    expect(explainResult(registry.leaves[0]!, registry, ["a", 1])?.message).toBe(
      "f, result, at [1]: expected string, got 1",
    );
  });
});

describe("a received value", () => {
  it("is never longer than 80 characters and shows no odd character", () => {
    for (const value of ["x".repeat(1e6), "\u202e".repeat(200), "\u0000\n\u2028", "\ud800", 10n ** 5000n]) {
      const received = say(number, value)?.split(", got ")[1] ?? "";
      expect(received.length).toBeLessThanOrEqual(80);
      expect(received).toMatch(/^[\x20-\x7e…]+$/u);
    }
  });

  it("runs none of its code", () => {
    const trap = (): never => {
      throw new Error("ran");
    };
    const hostile = { toString: trap, valueOf: trap, toJSON: trap, [Symbol.toPrimitive]: trap };
    expect(say(string, hostile)).toBe("db.query, argument 1: expected string, got an object");
  });
});

describe("a rest that is a type parameter", () => {
  const whole = { kind: "parameter", name: "T" } as const;
  const { registry } = load(
    contract({
      f: leaf(
        [string, { name: "rest", shape: union(number, string), quantity: "rest", whole, source: nowhere }],
        unknown,
        { typeParameters: [{ name: "T", constraint: tuple(number, string), default: null }] },
      ),
    }),
  );
  const f = registry.leaves[0]!;
  const words = (...args: unknown[]): string | undefined => explainArguments(f, registry, args)?.message;

  it("is checked as all of its arguments together", () => {
    expect(f.contract!.accepts(["a", 1, "b"])).toBe(true);
    expect(words("a", 1, "b")).toBeUndefined();
    expect(words("a", "b", 1)).toBe('f, argument 2: expected number, got "b"');
    expect(words("a", 1, 2)).toBe("f, argument 3: expected string, got 2");
    expect(words("a", 1)).toBe("f, arguments: expected 2 elements, got 1");
    expect(words("a")).toBe("f, arguments: expected 2 elements, got 0");
    expect(words("a", 1, "b", "c")).toBe("f, arguments: expected 2 elements, got 3");
  });
});

describe("values that break validators", () => {
  const tree = interfaceOf(
    "Tree",
    object({ "next?": ref("Tree"), "left?": ref("Tree"), "right?": ref("Tree") }),
  );
  const grow = interfaceOf(
    "Grow",
    object({
      "value?": { kind: "parameter", name: "T" },
      "next?": ref("Grow", array({ kind: "parameter", name: "T" })),
    }),
    [{ name: "T", constraint: null, default: null }],
  );
  const nested = (levels: number): object => {
    let value: object = {};
    for (let level = 0; level < levels; level++) value = { next: value };
    return value;
  };

  it("a cycle is accepted where the type can contain itself, because it says nothing new", () => {
    const ring: { next?: object } = {};
    ring.next = ring;
    expect(say(ref("Tree"), ring, [tree])).toBeNull();
    Object.assign(ring, { left: { wrong: 1 } });
    expect(say(ref("Tree"), ring, [tree])).toBe(
      "db.query, argument 1, at .left.wrong: expected no such property, got 1",
    );
  });

  it("200 levels are followed; 20,000 are refused without overflowing the stack", () => {
    expect(say(ref("Tree"), nested(150), [tree])).toBeNull();
    expect(say(ref("Tree"), nested(20_000), [tree])).toContain("expected at most 200 levels of nesting");
  });

  it("a graph of 30 levels of shared references is refused for the work it would make", () => {
    let dag: object = {};
    for (let level = 0; level < 30; level++) dag = { left: dag, right: dag };
    const before = process.cpuUsage();
    expect(say(ref("Tree"), dag, [tree])).toContain("expected at most 100000 values");
    expect(process.cpuUsage(before).user / 1_000).toBeLessThan(5_000);
  });

  it("shared arrays without a recursive type are refused for the same reason", () => {
    const row = Array.from({ length: 1000 }, () => 1);
    const plane = Array.from({ length: 1000 }, () => row);
    expect(say(array(array(number)), plane)).toBe(
      "db.query, arguments: expected at most 100000 values (one that is reached twice counts twice), got more",
    );
  });

  it("arguments that weigh more may hold more, and the refusal says how many", () => {
    const { registry } = load(contract({ f: leaf([array(array(number))], unknown) }));
    const row = Array.from({ length: 1000 }, () => 1);
    const plane = Array.from({ length: 1000 }, () => row);
    const explain = (steps: number): string | undefined =>
      explainArguments(registry.leaves[0]!, registry, [plane], steps)?.message;
    expect(explain(1_001_000)).toBeUndefined();
    expect(explain(500_000)).toContain(
      "expected at most 500000 values (one that is reached twice counts twice)",
    );
    // A wrong value is found far behind what a small message may hold.
    const long = Array.from({ length: 150_000 }, () => 1);
    const wrong = [long, [1, "x"]];
    expect(explainArguments(registry.leaves[0]!, registry, [wrong], 200_000)?.message).toBe(
      'f, argument 1, at [1][1]: expected number, got "x"',
    );
  });

  it("has a step for each value that crosses without being shared", () => {
    expect(validatorSteps(0)).toBe(validatorFuel);
    expect(validatorSteps(8 * validatorFuel)).toBe(validatorFuel);
    expect(validatorSteps(4 * 1024 * 1024)).toBe(524_288);
  });

  it("a generic that grows with every level ends", () => {
    expect(
      say(ref("Grow", string), { value: "a", next: { value: ["a"], next: { value: [["a"]] } } }, [grow]),
    ).toBeNull();
    expect(say(ref("Grow", string), { value: "a", next: { value: "b" } }, [grow])).toContain(
      "at .next.value",
    );
    const ring: { value: string; next?: object } = { value: "a" };
    ring.next = ring;
    expect(say(ref("Grow", string), ring, [grow])).not.toBeNull();
  });

  it("a sparse array, an array for an object and an argument too many are refused", () => {
    expect(say(array(string), [, "a"])).not.toBeNull();
    expect(say(object({ "a?": string }), [])).not.toBeNull();
    expect(say(object({ length: number }), [])).not.toBeNull();
  });

  it("built-ins are no objects, and an own __proto__ is no property", () => {
    for (const value of [new Map(), new Set(), new Date(), /x/u, new Uint8Array(1), new Error("e")]) {
      expect(say(object({ "a?": string }), value)).not.toBeNull();
      expect(say(record(unknown), value)).not.toBeNull();
    }
    expect(say(record(unknown), JSON.parse('{"__proto__": 1}'))).not.toBeNull();
    expect(say(object({ toString: string }), {})).not.toBeNull();
  });

  it("NaN, -0 and invalid dates are values of their types", () => {
    expect(say(number, NaN)).toBeNull();
    expect(say(literal(0), -0)).toBeNull();
    expect(say({ kind: "builtin", name: "Date" }, new Date(NaN))).toBeNull();
  });

  it("keys of an intersection are judged over all its members", () => {
    const both: Shape = { kind: "intersection", members: [object({ a: string }), object({ b: number })] };
    expect(say(both, { a: "x", b: 1 })).toBeNull();
    expect(say(both, { a: "x", b: 1, c: 1 })).toContain("at .c: expected no such property");
  });

  it("keys of a pattern are checked, and others refused", () => {
    const shape = object({}, [index(template(["data-", ""], string), number), index("number", string)]);
    expect(say(shape, { "data-a": 1, 7: "x" })).toBeNull();
    expect(say(shape, { "data-a": "1" })).not.toBeNull();
    expect(say(shape, { other: 1 })).not.toBeNull();
  });

  it("a template with many slots takes no longer for a long text", () => {
    const shape = template(["", "a", "b", "c", "d"], string, string, string, string);
    const before = process.cpuUsage();
    expect(say(shape, "a".repeat(1e6))).not.toBeNull();
    expect(process.cpuUsage(before).user / 1_000).toBeLessThan(5_000);
  });

  it("a host's result may be larger and more shared than what a guest may send", () => {
    const { registry } = load(contract({ f: leaf([], array(number)), g: leaf([], ref("Tree")) }, [tree]));
    const [f, g] = registry.leaves;
    expect(f!.contract!.acceptsResult(Array.from({ length: 200_000 }, () => 1))).toBe(true);
    let dag: object = {};
    for (let level = 0; level < 30; level++) dag = { left: dag, right: dag };
    expect(g!.contract!.acceptsResult(dag)).toBe(true);
  });

  it("with strip, an object that is sent in two places is stripped for each", () => {
    const shape = object({ a: object({ x: number }), b: object({}) });
    const { registry } = load(contract({ f: leaf([shape], unknown) }), "strip");
    const shared = { x: 1, y: 2 };
    const args: unknown[] = [{ a: shared, b: shared, c: 3 }];
    expect(registry.leaves[0]!.contract!.accepts(args)).toBe(true);
    expect(args).toEqual([{ a: { x: 1 }, b: {} }]);
    expect(shared).toEqual({ x: 1, y: 2 });
  });

  describe("with strip", () => {
    const stripped = (shape: Shape, value: unknown, declarations: Declaration[] = []): unknown => {
      const { registry } = load(contract({ f: leaf([shape], unknown) }, declarations), "strip");
      const args = [value];
      expect(registry.leaves[0]!.contract!.accepts(args)).toBe(true);
      return args[0];
    };

    it("a value that contains itself is copied as one that does", () => {
      const list = interfaceOf("List", object({ id: number, "next?": ref("List") }));
      const ring: Record<string, unknown> = { id: 1, extra: 1 };
      ring["next"] = { id: 2, next: ring, more: 2 };
      const copied = stripped(ref("List"), ring, [list]) as typeof ring;
      const next = copied["next"] as typeof ring;
      expect(Object.keys(copied)).toEqual(["id", "next"]);
      expect(Object.keys(next)).toEqual(["id", "next"]);
      expect(next["next"]).toBe(copied);
    });

    it("an object that two arguments share is still one", () => {
      const point = object({ x: number });
      const shapes = [point, array(point), object({ at: union(nil, point) }), unknown];
      const { registry } = load(contract({ f: leaf(shapes, unknown) }), "strip");
      const shared = { x: 1, y: 2 };
      const clean = { x: 3 };
      const args: unknown[] = [shared, [clean, shared], { at: clean, more: 1 }, clean];
      expect(registry.leaves[0]!.contract!.accepts(args)).toBe(true);
      const [first, list, holder, last] = args as [object, object[], { at: object }, object];
      expect(args).toEqual([{ x: 1 }, [{ x: 3 }, { x: 1 }], { at: { x: 3 } }, { x: 3 }]);
      expect(list[1]).toBe(first);
      // What has no excess is itself wherever it stands, also where nothing is declared of it.
      expect([list[0], holder.at, last]).toEqual([clean, clean, clean]);
      expect(list[0] === clean && holder.at === clean && last === clean).toBe(true);
    });

    it("an object around two arguments is still one", () => {
      const list = interfaceOf("List", object({ id: number, "next?": ref("List") }));
      const { registry } = load(contract({ f: leaf([ref("List"), ref("List")], unknown) }, [list]), "strip");
      const one: Record<string, unknown> = { id: 1 };
      const other = { id: 2, next: one, more: 3 };
      one["next"] = other;
      const args: unknown[] = [one, other];
      expect(registry.leaves[0]!.contract!.accepts(args)).toBe(true);
      const [first, second] = args as (typeof one)[];
      expect(Object.keys(second!)).toEqual(["id", "next"]);
      expect(first!["next"]).toBe(second);
      expect(second!["next"]).toBe(first);
      expect(Object.keys(other)).toEqual(["id", "next", "more"]);
    });

    it("a value without excess is left as it is, with what it shares", () => {
      const value: unknown[] = [];
      value.push({ all: value });
      expect(stripped(array(object({ all: unknown })), value)).toBe(value);
    });

    it("nothing is lost that a later member of a union declares", () => {
      const shape = union(object({ a: string }), object({ a: string, b: number }));
      expect(stripped(shape, { a: "x", b: 1 })).toEqual({ a: "x", b: 1 });
      expect(stripped(shape, { a: "x", b: 1, c: 2 })).toEqual({ a: "x", b: 1 });
    });

    it("a key of two patterns keeps what either of them declares", () => {
      const shape = object({}, [
        index("string", object({ "a?": number })),
        index(template(["x-", ""], string), object({ "a?": number, "b?": number })),
      ]);
      const value = { "x-1": { a: 1, b: 2 }, other: { a: 1, c: 3 } };
      expect(stripped(shape, value)).toEqual({ "x-1": { a: 1, b: 2 }, other: { a: 1 } });
    });

    it("the data of an error is stripped, and the error stays one", () => {
      const shape = error("TypeError", { detail: object({ id: number }) });
      const value = Object.assign(new TypeError("no"), { detail: { id: 1, secret: 2 } });
      const copied = stripped(shape, value) as typeof value;
      expect(copied).toBeInstanceOf(TypeError);
      expect([copied.message, copied.stack]).toEqual(["no", value.stack]);
      expect(copied.detail).toEqual({ id: 1 });
      expect(value.detail).toEqual({ id: 1, secret: 2 });
    });
  });
});
