/**
 * Walks a live isolate: every global, and every own property of every object that can be reached from one, or from the syntax of the
 * language. Runs as a script of a sandbox, so it sees what the prelude leaves.
 */
import { type EngineName, engineNames } from "../../src/config/engines.ts";
import type { Walk } from "../../src/library/isolate.ts";
import { createSandbox } from "../../src/runtime/index.ts";

/** The line of Node that runs this. A newer one than all counts as the newest. */
export function runningEngine(): EngineName {
  const major = Number(process.versions.node.split(".")[0]);
  return engineNames.findLast((name) => Number(name.slice("node".length)) <= major) ?? engineNames[0];
}

/** What no global leads to by name, and what only objects themselves have. */
const script = `
const proto = Object.getPrototypeOf;
const generator = (function* () {})(), asyncGenerator = (async function* () {})();
const segments = new Intl.Segmenter().segment("a");
const unnamed = {
  TypedArray: proto(Int8Array),
  GeneratorFunction: proto(function* () {}).constructor,
  AsyncFunction: proto(async () => {}).constructor,
  AsyncGeneratorFunction: proto(async function* () {}).constructor,
  "Generator.prototype": proto(proto(generator)),
  "AsyncGenerator.prototype": proto(proto(asyncGenerator)),
  "AsyncIteratorObject.prototype": proto(proto(proto(asyncGenerator))),
  "ArrayIterator.prototype": proto([].values()),
  "MapIterator.prototype": proto(new Map().values()),
  "SetIterator.prototype": proto(new Set().values()),
  "StringIterator.prototype": proto(""[Symbol.iterator]()),
  "RegExpStringIterator.prototype": proto("".matchAll(/a/g)),
  "IteratorHelper.prototype": proto([].values().map((x) => x)),
  "WrappedIterator.prototype": proto(Iterator.from({ next() {} })),
  "Intl.Segments.prototype": proto(segments),
  "Intl.SegmentIterator.prototype": proto(segments[Symbol.iterator]()),
  "Array()": [1],
  "String()": new String(""),
  "RegExp()": /a/,
  "Function()": function () {},
  "Error()": new Error("", { cause: 1 }),
  "AggregateError()": new AggregateError([]),
  "RegExpMatchArray()": /(?<a>a)/d.exec("a"),
  ...(typeof SuppressedError === "undefined" ? {} : { "SuppressedError()": new SuppressedError(1, 2) }),
  "Uint8Array()": new Uint8Array(0),
};
const nameOf = (key) => (typeof key === "symbol" ? key.description.replace(/^Symbol\\./, "@@") : key);
const paths = new Map(), queue = [], walk = {};
const meet = (value, path) => {
  if (value === null || (typeof value !== "object" && typeof value !== "function") || paths.has(value)) return;
  paths.set(value, path);
  queue.push(value);
};
for (const [path, value] of Object.entries(unnamed)) meet(value, path);
paths.set(globalThis, "globalThis");
queue.unshift(globalThis);
for (const value of queue) {
  const path = paths.get(value);
  walk[path] = Reflect.ownKeys(value).map(nameOf);
  if (path.endsWith("()")) continue;
  const inside = path === "globalThis" ? "" : path + ".";
  // A global may be an accessor that makes it when it is first touched.
  const get = (key) => (value === globalThis ? value[key] : Object.getOwnPropertyDescriptor(value, key).value);
  for (const key of Reflect.ownKeys(value)) meet(get(key), inside + nameOf(key));
}
// The declaration's, not the library's.
delete walk.SecureExec;
delete walk["SecureExec.bindings"];
walk.globalThis.splice(walk.globalThis.indexOf("SecureExec"), 1);
export default walk;
`;

/** Walks the isolate of the engine that runs this. */
export async function walkIsolate(): Promise<Walk> {
  const sandbox = await createSandbox({ isolation: "none" });
  // Not `await using`: `scripts/isolates.ts` runs on Node 22 as it is.
  const result = await sandbox.run(script, { filename: "walk.js" });
  await sandbox.dispose();
  if (result.status !== "ok") throw new Error(result.error.stack);
  const walk = result.exports["default"] as Record<string, string[]>;
  const entries = Object.entries(walk)
    .map(([path, keys]) => [path, keys.filter((key) => !isEvery.has(key)).toSorted()] as const)
    .filter(([, keys]) => keys.length > 0)
    .toSorted(([a], [b]) => (a < b ? -1 : 1));
  return Object.fromEntries(entries);
}

/** What every function or prototype has. */
const isEvery: ReadonlySet<string> = new Set(["length", "name", "prototype", "constructor"]);
