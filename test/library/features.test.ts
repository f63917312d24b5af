/**
 * What of the language came with an engine: `typecheck` passes it from that engine on and refuses it before, and so does the isolate.
 */
import { describe, expect, it } from "vitest";
import { type EngineName, engineNames } from "../../src/config/engines.ts";
import { createScriptChecker } from "../../src/scripts/typecheck/check-scripts.ts";
import { createSandbox } from "../../src/runtime/index.ts";
import { runningEngine } from "./walk.ts";

const features: Readonly<Record<EngineName, readonly string[]>> = {
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
const missing = [
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

const all = [...Object.values(features).flat(), ...missing];
const cases = all.map((text, index) => ({ file: `${index}.ts`, text }));
const sinceOf = (text: string): number => engineNames.findIndex((name) => features[name].includes(text));
const declaration = "declare const SecureExec: { readonly bindings: {} };";

describe.each(engineNames)("typecheck for %s", (engine) => {
  it("passes what it has, and refuses the rest with a way out", () => {
    for (const { script, diagnostics } of createScriptChecker(engine).check(cases, declaration)) {
      const since = sinceOf(script.text);
      const isThere = since >= 0 && since <= engineNames.indexOf(engine);
      if (isThere) expect(diagnostics, script.text).toEqual([]);
      else {
        expect(diagnostics.length, script.text).toBeGreaterThan(0);
        for (const { code, message, help } of diagnostics) {
          expect(["script-global-missing", "script-syntax-unsupported"], message).toContain(code);
          expect(help, message).not.toBe("");
          expect(`${message} ${help}`).not.toMatch(/compiler option|'lib'|target library|npm i/u);
        }
      }
    }
  });
});

it("the isolate runs what it has, and nothing else", async () => {
  const sandbox = await createSandbox({ isolation: "none" });
  for (const { text } of cases) {
    const since = sinceOf(text);
    const isThere = since >= 0 && since <= engineNames.indexOf(runningEngine());
    const result = await sandbox.run(text, { filename: "script.ts", language: "typescript" });
    expect(result.status, `${text} ${result.status === "ok" ? "" : result.error.message}`).toBe(
      isThere ? "ok" : "error",
    );
  }
  await sandbox.dispose();
});
