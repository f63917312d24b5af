/** How what makes a web global comes into the isolate: once, when it is touched, and with nothing of the host in it. */
import { expect, it } from "vitest";
import { engine } from "../../../../src/runtime/engine/chosen.ts";
import { prelude } from "../../../../src/runtime/guest/prelude-script.ts";
import { startPrelude } from "../../../../src/runtime/guest/start-prelude.ts";
import { composeWebUnit } from "../../../../src/runtime/guest/web/compose.ts";
import type { WebUnit } from "../../../../src/runtime/guest/prelude/web.ts";
import { limits, valueOf } from "../support/run-script.ts";

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

const each = `
  const url = new URL("https://ada:b@c.example:81/d?e=1#f");
  url.host = "g:82"; url.searchParams.append("h", "i"); url.hash = "";
  const clone = structuredClone(new Map([[1, { at: new Date(0), bytes: new Uint8Array([1]) }]]));
  let thrown; try { structuredClone(() => {}) } catch (e) { thrown = e }
  const seen = [url.href, [...url.searchParams].join(), new TextDecoder().decode(new TextEncoder().encode("\u00e9")), atob(btoa("j")),
    clone.get(1).at.getTime(), clone.get(1).bytes.length, thrown instanceof DOMException, thrown.name, thrown.code, DOMException.DATA_CLONE_ERR];`;

it.each(["value", "writable", "get", "set", "enumerable", "configurable"])(
  "is as it would be where a script has put `%s` on the prototype of every object",
  async (name) => {
    const plain = await valueOf(`${each} export default seen`);
    // Who makes a property of a descriptor that inherits it makes another one, or none.
    const put = `Object.defineProperty(Object.prototype, ${JSON.stringify(name)}, { __proto__: null, value: () => 5, writable: true, configurable: true });`;
    const take = `delete Object.prototype[${JSON.stringify(name)}];`;
    expect(await valueOf(`${put} ${each} ${take} export default seen`)).toEqual(plain);
  },
);
