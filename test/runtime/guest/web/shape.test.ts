/** How the web globals look from outside: what Node's look like, in every name, order aside. */
import { describe, expect, it } from "vitest";
import {
  consoleMethods,
  webGlobals,
  type WebClass,
  type WebFunction,
} from "../../../../src/model/web-globals.ts";
import { runScript, valueOf } from "../support/run-script.ts";
import { inBoth } from "./both.ts";

/** The properties of an object of functions, as `name: what it is`. */
const describeAll = `
const list = (owner, names) => names.map((name) => {
  const d = Object.getOwnPropertyDescriptor(owner, name);
  if (d === undefined) return String(name) + ": none";
  const flags = (d.enumerable ? "e" : "") + (d.configurable ? "c" : "") + (d.writable ? "w" : "");
  const of = (f) => f === undefined ? "-" : [f.name, f.length, "prototype" in f, attempt(() => new f())].join();
  const what = "value" in d ? (typeof d.value === "function" ? of(d.value) : typeof d.value === "object" ? "object" : String(d.value)) : "get " + of(d.get) + " set " + of(d.set);
  return String(name) + ": " + flags + " " + what;
});`;

const classes = Object.entries<WebClass | WebFunction>(webGlobals).flatMap(([name, listed]) =>
  listed.kind === "class" ? [[name, listed] as const] : [],
);

describe.each(classes)("%s", (name, { statics, members, isIterable }) => {
  it("has the properties Node's has, and no others", async () => {
    const [inside, inNode] = await inBoth(
      `${describeAll} const Class = ${name}; const { prototype } = Class;
       return [list(Class, input[0]), list(prototype, input[1]), list(prototype, [Symbol.toStringTag${isIterable ? ", Symbol.iterator" : ""}]),
         list(Class, ["length", "name", "prototype"]), Object.prototype.toString.call(Object.create(prototype)),
         prototype.constructor === Class, list(prototype, ["constructor"])[0].split(" ")[1], Object.getPrototypeOf(Class) === Function.prototype, Object.getPrototypeOf(prototype) === (Class.name === "DOMException" ? Error : Object).prototype]`,
      [statics, members],
    );
    expect(inside).toEqual(inNode);
    const keys = await valueOf(
      `void ${name}; export default [Reflect.ownKeys(${name}), Reflect.ownKeys(${name}.prototype)].map((keys) => keys.map(String))`,
    );
    expect((keys as string[][]).map((list) => list.sort())).toEqual([
      ["length", "name", "prototype", ...statics].sort(),
      [
        "constructor",
        "Symbol(Symbol.toStringTag)",
        ...(isIterable ? ["Symbol(Symbol.iterator)"] : []),
        ...members,
      ].sort(),
    ]);
  });
});

it("console has the listed methods, and nothing else", async () => {
  expect(await valueOf("export default Reflect.ownKeys(console)")).toEqual(consoleMethods);
});

describe("the global object", () => {
  it("has each as a property of the usual kind, once it was touched", async () => {
    const functions = Object.entries<WebClass | WebFunction>(webGlobals)
      .filter(([, { kind }]) => kind === "function")
      .map(([name]) => name);
    expect(
      await valueOf(
        `${describeAll.replace("attempt(() => new f())", "''")} export default [list, ${functions.join()}].length && list(globalThis, ${JSON.stringify(functions)})`,
      ),
    ).toEqual(functions.map((name) => `${name}: ecw ${name},1,false,`));
    expect(
      await valueOf(
        `export default ${JSON.stringify(classes.map(([name]) => name))}.map((name) => { void globalThis[name]; const { value, ...flags } = Object.getOwnPropertyDescriptor(globalThis, name); return [value === globalThis[name], flags]; })`,
      ),
    ).toEqual(classes.map(() => [true, { writable: true, enumerable: false, configurable: true }]));
  });

  it("lets a script put its own in their place, and take them away", async () => {
    expect(
      await valueOf(
        `globalThis.URL = class { mine = true }; delete globalThis.atob; const { TextEncoder: mine } = globalThis; globalThis.TextEncoder = 1;
         export default [new URL().mine, typeof atob, TextEncoder, typeof mine, Object.getOwnPropertyDescriptor(globalThis, "URL").enumerable]`,
      ),
    ).toEqual([true, "undefined", 1, "function", false]);
  });

  it("gives way to data of the host under the same name", async () => {
    const { exports } = await runScript("export default URL", { globals: { URL: "https://example.org" } });
    expect(exports["default"]).toBe("https://example.org");
  });
});
