/** How what makes a web global comes into the isolate: once, when it is touched, and with nothing of the host in it. */
import { expect, it } from "vitest";
import { engine } from "../../../../src/runtime/engine/chosen.ts";
import { prelude } from "../../../../src/runtime/guest/prelude-script.ts";
import { startPrelude } from "../../../../src/runtime/guest/start-prelude.ts";
import { composeWebUnit } from "../../../../src/runtime/guest/web/compose.ts";
import type { WebUnit } from "../../../../src/runtime/guest/prelude/web.ts";
import { limits } from "../support/run-script.ts";

/** Runs a script whose host side answers with what `unit` says; the console is all that is seen of it. */
function run(code: string, unit: (name: WebUnit) => string): string[] {
  const lines: string[] = [];
  const isolate = engine.createIsolate(32);
  const entries = startPrelude(
    isolate,
    prelude,
    { leaves: [], namespaces: [], limits },
    {
      first: () => 1,
      flat: () => () => 0,
      packed: () => 0,
      console: (_, text) => void lines.push(text),
      finish: () => undefined,
      detached: () => undefined,
      unit,
    },
  );
  const body = `export default (async () => { ${code}\nreturn { 0: () => ({}) }; })`;
  const script = isolate.compile({ code: body, filename: "a.js", columnOffset: 0 }, () => 0);
  void isolate.enter(entries.run, [script, []]);
  isolate.dispose();
  return lines;
}

it("asks for nothing before a script touches one, and for each text once", () => {
  const asked: string[] = [];
  const unit = (name: WebUnit): string => {
    asked.push(name);
    return composeWebUnit(name);
  };
  run("console.log(Object.getOwnPropertyNames(globalThis).length, typeof globalThis.fetch)", unit);
  expect(asked).toEqual([]);
  run("new TextEncoder(); atob(''); new TextEncoder()", unit);
  expect(asked).toEqual(["web"]);
  asked.length = 0;
  run("new URLSearchParams(); new URL('https://a/'); new URL('https://b/')", unit);
  expect(asked).toEqual(["web", "url"]);
  asked.length = 0;
  run("new URL('https://\u00fc/'); new URL('https://\u00e9/')", unit);
  expect(asked).toEqual(["web", "url", "idna"]);
});

it("shows nothing of a failure of the host, and works when it is over", () => {
  let fails = true;
  const lines = run(
    `const told = (action) => { try { return action(); } catch (error) { return [error instanceof Error, error.stack].join(); } };
     console.log(told(() => URL));
     console.log(told(() => btoa("a")));`,
    (name) => {
      if (!fails) return composeWebUnit(name);
      fails = false;
      throw new Error("a path of the host");
    },
  );
  expect(lines[0]).toMatch(
    /^true,Error: what the sandbox gives could not be made here: the call is nested too deeply\n/,
  );
  expect(lines[0]).not.toMatch(/a path of the host|file:|\.ts:|isobind:/);
  expect(lines[1]).toBe("YQ==");
});
