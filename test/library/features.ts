/** Scripts of one line, by the engine that what they use came with. */
import { type EngineName, engineNames } from "../../src/config/engines.ts";

export const features: Readonly<Record<EngineName, readonly string[]>> = {
  node22: [
    "Object.groupBy([1], (n) => (n > 1 ? 'many' : 'one'));",
    "Map.groupBy([1], (n) => n % 2);",
    "new Set([1]).union(new Set([2])).isSupersetOf(new Set([1]));",
    "[1].values().map((n) => n + 1).toArray();",
    "await Array.fromAsync([1]);",
    "Promise.withResolvers<number>().resolve(1);",
    "/[\\p{L}--[a-z]]/v.test('A');",
    "'a'.isWellFormed();",
    "JSON.rawJSON('1').rawJSON;",
    "Error.captureStackTrace({});",
    "new Intl.PluralRules('en').selectRange(1, 2);",
    "new ArrayBuffer(8).maxByteLength.toFixed();",
    "new WeakRef({}).deref();",
    "new FinalizationRegistry<string>(() => {}).register({}, 'gone');",
    "class A { static #a = 1; static { void this.#a; } static has(o: object) { return #a in o; } }",
    "[3, 1].toSorted();",
    "new URL('/a?b=c', 'https://example.com').searchParams.get('b');",
    "for (const [name, value] of new URLSearchParams({ a: 'b' })) (name + value).trim();",
    "new TextDecoder().decode(new TextEncoder().encode('a')).at(0);",
    "atob(btoa('a')).at(0);",
    "structuredClone({ a: new Map([[1, 2]]) }).a.get(1);",
    "queueMicrotask(() => {});",
    "new DOMException('a', 'DataCloneError').code.toFixed();",
    "console.table([{ a: 1 }]);",
  ],
  node24: [
    "{ using kept = { [Symbol.dispose]() {} }; void kept; }",
    "{ await using kept = { async [Symbol.asyncDispose]() {} }; void kept; }",
    "new DisposableStack().defer(() => {});",
    "await Promise.try(() => 1);",
    "/(?i:a)b/.test('Ab');",
    "/(?<a>x)|(?<a>y)/.test('y');",
    "new Float16Array(1).fill(Math.f16round(1.1));",
    "Error.isError(new Error());",
    "RegExp.escape('a.b');",
    "new Intl.DurationFormat('en').format({ hours: 1 });",
    "new Intl.Locale('en').getWeekInfo().firstDay.toFixed();",
  ],
  node26: [
    "Uint8Array.fromBase64('AA==').toHex();",
    "Iterator.concat([1], [2]).toArray();",
    "new Map([[1, 2]]).getOrInsert(1, 2);",
    "Temporal.Now.instant().epochMilliseconds.toFixed();",
    "const day: Temporal.PlainDate = Temporal.PlainDate.from('2026-01-01'); day.add({ days: 1 });",
    "new Date(0).toTemporalInstant();",
  ],
};

/** What no sandbox has. */
export const missing = [
  "new SharedArrayBuffer(1);",
  "Atomics.isLockFree(4);",
  "new ArrayBuffer(1).resize(1);",
  "new ArrayBuffer(1).transfer();",
  "new ArrayBuffer(1).transferToFixedLength();",
  "new WebAssembly.Memory({ initial: 1 });",
  "setTimeout(() => {}, 1);",
  "process.exit();",
  "document.title;",
  "await fetch('https://example.com');",
];

/** Whether the isolate of an engine has what a script uses. */
export function isIn(engine: EngineName, text: string): boolean {
  const since = engineNames.findIndex((name) => features[name].includes(text));
  return since >= 0 && since <= engineNames.indexOf(engine);
}
