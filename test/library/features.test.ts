/**
 * What of the language came with an engine: `typecheck` passes it from that engine on and refuses it before, and so does the isolate.
 */
import { describe, expect, it } from "vitest";
import { engineNames } from "../../src/config/engines.ts";
import { createScriptChecker } from "../../src/scripts/typecheck/check-scripts.ts";
import { createSandbox } from "../../src/runtime/index.ts";
import { features, isIn, missing } from "./features.ts";
import { runningEngine } from "./walk.ts";

const all = [...Object.values(features).flat(), ...missing];
const cases = all.map((text, index) => ({ file: `${index}.ts`, text }));
const declaration = "declare const SecureExec: { readonly bindings: {} };";

describe.each(engineNames)("typecheck for %s", (engine) => {
  it("passes what it has, and refuses the rest with a way out", () => {
    for (const { script, diagnostics } of createScriptChecker(engine).check(cases, declaration)) {
      if (isIn(engine, script.text)) expect(diagnostics, script.text).toEqual([]);
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
    const isThere = isIn(runningEngine(), text);
    const result = await sandbox.run(text, { filename: "script.ts", language: "typescript" });
    expect(result.status, `${text} ${result.status === "ok" ? "" : result.error.message}`).toBe(
      isThere ? "ok" : "error",
    );
  }
  await sandbox.dispose();
});
