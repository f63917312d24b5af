/** What the host gave is frozen: each statement is checked and run, and both must say the same of it. */
import { afterAll, describe, expect, it } from "vitest";
import { createScriptChecker } from "../../../src/scripts/typecheck/check-scripts.ts";
import { createSandbox } from "../../../src/runtime/index.ts";
import { sideOf } from "../../diff/sides.ts";

const { declaration } = sideOf(`
export interface Order { id: number; note?: string; tags: string[]; readonly sealed: number }
export interface Bindings { place(orders: Order[], first: Order): void }
export interface Globals { limits: { most: number; steps: number[] } }
export interface Script {
  input: {
    order: Order;
    orders: Order[];
    pair: [Order, number];
    byName: Record<string, Order>;
    map: Map<string, Order>;
    set: Set<Order>;
    bytes: Uint8Array;
    date: Date;
    either: number[] | Uint8Array;
    maybe?: Order;
  };
}`);

const order = { id: 1, note: "a", tags: ["x", "y"], sealed: 1 };
const input = () => ({
  order: { ...order },
  orders: [{ ...order }, { ...order }],
  pair: [{ ...order }, 1],
  byName: { a: { ...order } },
  map: new Map([["a", { ...order }]]),
  set: new Set([{ ...order }]),
  bytes: new Uint8Array([2, 1]),
  date: new Date(0),
  either: new Uint8Array([2, 1]),
  maybe: { ...order },
});

/** Each with what the finding names; all end with a TypeError. */
const refused: Readonly<Record<string, string>> = {
  "input.order = input.orders[0]!;": "input.order",
  "input.order.id = 2;": "input.order.id",
  "input['order'].id += 2;": "input['order'].id",
  "(input.order as { id: number }).id = 2;": "(input.order as { id: number }).id",
  "input.order.id++;": "input.order.id",
  "--input.maybe!.id;": "input.maybe!.id",
  "delete input.order.note;": "input.order.note",
  "delete input.maybe;": "input.maybe",
  "input.orders[0]!.id = 2;": "input.orders[0]!.id",
  "input.pair[0].id = 2;": "input.pair[0].id",
  "input.pair[1] = 2;": "input.pair[1]",
  "input.byName['a']!.id = 2;": "input.byName['a']!.id",
  "input.byName['b'] = input.order;": "input.byName['b']",
  "input.orders.push(input.order);": "input.orders.push",
  "input.maybe?.tags.pop();": "input.maybe?.tags.pop",
  "input.order.tags.sort();": "input.order.tags.sort",
  "input.order.tags.length = 0;": "input.order.tags.length",
  "input.order.tags.splice(0, 1);": "input.order.tags.splice",
  "Object.assign(input.order, { id: 2 });": "input.order",
  "Object.defineProperty(input, 'more', { value: 1 });": "input",
  "[input.order.id] = [2];": "input.order.id",
  "({ id: input.order.id } = { id: 2 });": "input.order.id",
  "({ id: input.order.id = 3 } = { id: 2 });": "input.order.id",
  "[...input.order.tags] = ['a'];": "input.order.tags",
  "for (input.order.id of [2]);": "input.order.id",
  "const { orders } = input; orders.reverse();": "orders.reverse",
  "const { order: mine } = input; mine.id = 2;": "mine.id",
  "const { order: { tags } } = input; tags.push('z');": "tags.push",
  "const [first] = input.pair; first.id = 2;": "first.id",
  "const all = input.orders; const [first] = all; first!.id = 2;": "first!.id",
  "for (const one of input.orders) one.id = 2;": "one.id",
  "for (const { tags } of input.orders) tags.push('z');": "tags.push",
  "input.orders.forEach((one) => { one.id = 2; });": "one.id",
  "input.orders.map(function ({ tags }) { return tags.pop(); });": "tags.pop",
  "input.orders.reduce((sum, one) => sum + one.id++, 0);": "one.id",
  "let mine = input.order; mine.id = 2;": "mine.id",
  "let { orders } = input; orders.push(input.order);": "orders.push",
  "for (let one of input.orders) one.id = 2;": "one.id",
  "input.orders.at(-1)!.id = 2;": "input.orders.at(-1)!.id",
  "const one = input.orders.find(({ id }) => id > 0); if (one) one.id = 2;": "one.id",
  "const { tags } = input.orders.findLast(({ id }) => id > 0)!; tags.push('z');": "tags.push",
  "for (const one of input.orders.slice()) one.id = 2;": "one.id",
  "input.orders.filter(({ id }) => id > 0).toReversed().forEach((one) => { one.id = 2; });": "one.id",
  "limits.most = 2;": "limits.most",
  "limits.steps.push(2);": "limits.steps.push",
};

/** All run. */
const taken = [
  "const copy = structuredClone(input); copy.order.id = 2; copy.orders.push(copy.order); copy.order.tags.sort();",
  "const copy = { ...input.order }; copy.id = 2; const { id, ...rest } = input.order; rest.note = 'b'; void id;",
  "const [first, ...others] = input.orders; others.push(first!);",
  "const sorted = [...input.orders].sort((a, b) => a.id - b.id); sorted.push(input.order); input.orders.toSorted().reverse();",
  "const big = input.orders.filter(({ id }) => id > 0); big.push(input.order); input.orders.slice().sort();",
  "input.map.set('b', { ...input.order }); input.map.get('a')!.id = 2; for (const [, one] of input.map) one.note = 'b';",
  "input.set.add({ ...input.order }); for (const one of input.set) one.note = 'b'; input.set.forEach((one) => { one.note = 'c'; });",
  "input.bytes[0] = 1; input.bytes.sort(); input.bytes.fill(0); const { bytes } = input; bytes.reverse();",
  "input.date.setTime(1); input.either.sort();",
  "let one = input.order; one = { ...one }; one.id = 2;",
  "let one = input.order; ({ one } = { one: { ...one } }); one.id = 2; let two = input.order; [two] = [{ ...two }]; two.id = 2;",
  "input.orders.forEach((one) => { one = { ...one }; one.id = 2; });",
  "for (let one of input.orders) { one = { ...one }; one.id = 2; }",
  "let { tags } = input.order; const add = () => tags.push('z'); tags = [...tags]; add();",
  "var twice: { id: number } = input.order; var twice: { id: number } = { id: 1 }; twice.id = 2;",
  "const first = input.orders.map((one) => ({ ...one })).at(0)!; first.id = 2; input.orders.filter(({ id }) => id > 0).sort();",
  "const { maybe = { id: 1 } } = {} as { maybe?: { id: number } }; maybe.id = 2;",
  "function change(input: { id: number }) { input.id = 2; } change({ id: 1 });",
  "{ const input = { id: 1 }; input.id = 2; }",
  "const byId: Record<number, unknown> = {}; for (const one of input.orders) byId[one.id] = one; const out: unknown[] = []; input.orders.forEach((one) => out.push(one));",
  "const given = input.orders.map((one) => ({ ...one })); given.forEach((one) => { one.id = 2; });",
  "SecureExec.bindings.place(input.orders, input.order); export default input.orders;",
];

const checker = createScriptChecker();
const check = (text: string, file = "a.ts") =>
  checker.check([{ file, text }], declaration)[0]?.diagnostics ?? [];

describe("a change of what the host gave", async () => {
  const registry = { place: () => undefined };
  const sandbox = await createSandbox({
    isolation: "none",
    registry,
    globals: { limits: { most: 1, steps: [1] } },
  });
  afterAll(() => sandbox.dispose());
  const run = (text: string) => sandbox.run(text, { input: input(), filename: "a.ts" });

  it.each(Object.entries(refused))("%s is underlined, and ends the run", async (text, target) => {
    const found = check(text);
    expect(found.map(({ code }) => code)).toEqual(["script-input-changed"]);
    const [{ message, help, line, column, endColumn } = {} as (typeof found)[number]] = found;
    expect([line, text.slice((column ?? 0) - 1, (endColumn ?? 0) - 1)]).toEqual([1, target]);
    expect(message).toContain(`\`${target}\` cannot be changed`);
    const name = text.startsWith("limits") ? "limits" : "input";
    expect(help).toBe(
      `\`${name}\` is frozen, and all that is in it: change a copy, \`structuredClone(${name})\`.`,
    );
    expect(await run(text)).toMatchObject({ status: "error", error: { name: "TypeError" } });
  });

  it.each(taken)("%s is neither", async (text) => {
    expect(check(text)).toEqual([]);
    expect(await run(text)).toMatchObject({ status: "ok" });
  });

  it("is said once where a type says it too", () => {
    expect(check("input.order.sealed = 2;").map(({ code }) => code)).toEqual(["script-type"]);
    expect(check("input = 1 as never;").map(({ code }) => code)).toEqual(["script-type"]);
  });

  it("is found in JavaScript, and where nothing is said of the input, as far as that is certain", () => {
    const { declaration: untyped } = sideOf("export interface Bindings { ping(): void }");
    const codes = (text: string, file: string) =>
      checker.check([{ file, text }], untyped)[0]?.diagnostics.map(({ code }) => code);
    for (const file of ["a.js", "a.ts"]) {
      for (const text of [
        "input.a.b = 1;",
        "delete input.a;",
        "input.list.push(1);",
        "const { order } = input; order.id = 1;",
      ])
        expect(codes(text, file), text).toEqual(["script-input-changed"]);
      for (const text of [
        "input.bytes[0] = 1;",
        "input.bytes.sort();",
        "for (const one of input.all) one.id = 1;",
      ])
        expect(codes(text, file), text).toEqual([]);
    }
  });
});
