/** What an error of a script says of names that are not there, and of promises that nobody awaited. */
import { describe, expect, it } from "vitest";
import { explained } from "../../../src/runtime/guest/explained.ts";
import { runScript, type Play } from "./support/run-script.ts";

const play: Play = {
  bindings: {
    "users.list": { mode: "async", call: async () => [1] },
    "users.get": (id: string) => id,
    "users.find": { mode: "maybe" as never, call: () => 1 },
    greet: () => "hello",
  },
};

async function messageOf(source: string): Promise<string> {
  const { outcome } = await runScript(source, { ...play, filename: "a.js" });
  if (outcome.kind !== "error") throw new Error(`${source} ended as ${outcome.kind}`);
  const { name, message, stack } = outcome.error;
  expect(stack.startsWith(`${name}: ${message}`)).toBe(true);
  return message;
}

const users = "`SecureExec.bindings` has no `usrs`. Did you mean `users`? It has `users`, `greet`.";
const awaited = "`users.list` gives a promise. Write `await` before it.";

describe("a name that is misspelt, and a missing `await`", () => {
  it.each([
    ["SecureExec.bindings.usrs.list()", users],
    ["SecureExec.bindings?.usrs.list()", users],
    ["const { usrs } = SecureExec.bindings;\n  await usrs.list();", users],
    ["const { greet, usrs: people = undefined } = SecureExec.bindings;\nnew people.Page();", users],
    ["const tree = SecureExec.bindings;\ntree.usrs.get(1);", users],
    ["const { list } = SecureExec.bindings.usrs;", users],
    ["const { bindings } = SecureExec; bindings.usrs.list();", users],
    ["const tree: object = {};\nSecureExec.bindings.usrs.list();", users],
    [
      "await SecureExec.bindings.users.lst();",
      "`SecureExec.bindings.users` has no `lst`. Did you mean `list`? It has `list`, `get`, `find`.",
    ],
    [
      "const { gte } = SecureExec.bindings.users; gte();",
      "`SecureExec.bindings.users` has no `gte`. Did you mean `get`?",
    ],
    ["SecureExec.bindings.send()", "`SecureExec.bindings` has no `send`. It has `users`, `greet`."],
    ["SecureExec.bindings['gret']()", "`SecureExec.bindings` has no `gret`. Did you mean `greet`?"],
    ["SecureExec.bindngs.greet()", "`SecureExec` has no `bindngs`. Did you mean `bindings`?"],
    [
      "SecureExec.bindings.users()",
      "`SecureExec.bindings.users` is a namespace, and no function. It has `list`, `get`, `find`.",
    ],
    ["SecureExec.bindings.users.list().map((x) => x)", awaited],
    ["const rows = SecureExec.bindings.users.list(); rows.map((x) => x);", awaited],
    ["for (const row of SecureExec.bindings.users.list()) row;", awaited],
    [
      "SecureExec.bindings.users.find(1).map(1)",
      "`users.find` may give a promise; where it does, write `await` before it.",
    ],
    ["console.lgo(1)", "`console` has no `lgo`. Did you mean `log`?"],
    ["consol.log(1)", "consol is not defined. Did you mean `console`?"],
    ["new UrlSearchParams()", "UrlSearchParams is not defined. Did you mean `URLSearchParams`?"],
    ["users.list()", "users is not defined. Did you mean `SecureExec.bindings.users`?"],
    ["await greet('Ada')", "greet is not defined. Did you mean `SecureExec.bindings.greet`?"],
    ["bindings.greet()", "bindings is not defined. Did you mean `SecureExec.bindings`?"],
    ["find(1)", "find is not defined. Did you mean `SecureExec.bindings.users.find`?"],
    ["SecureExec.users.list()", "`SecureExec` has no `users`. Did you mean `SecureExec.bindings.users`?"],
  ])("%s", async (source, hint) => {
    expect(await messageOf(source)).toContain(hint);
  });
});

it("suggests no leaf where several have the name", async () => {
  const { outcome } = await runScript("list();", {
    bindings: { "users.list": () => 1, "orders.list": () => 2 },
    filename: "a.js",
  });
  expect(outcome).toMatchObject({ kind: "error", error: { message: "list is not defined" } });
});

describe("the place of a name that is not there is where it is written", () => {
  it.each([
    ["await fetch(1);", "fetch"],
    ["const r = 1 + (await nothing(1));", "nothing"],
    ["const r = await (await nothing(1)).json();", "nothing"],
    ["`${nothing}`;", "nothing"],
    ["const a: string = 'x';\n  if (!nothing) a;", "nothing"],
    ["throw nothing;", "nothing"],
    ["throw 'nothing' + nothing;", "nothing;"],
    // Where anything else stands between, the engine's own place stays.
    ["throw /* nothing */ nothing;", "throw"],
  ])("%s", async (source, at) => {
    const { outcome } = await runScript(source, { ...play, filename: "a.ts" });
    if (outcome.kind !== "error") throw new Error(`${source} ended as ${outcome.kind}`);
    const [, line, column] = /\n {4}at a\.ts:(\d+):(\d+)$/.exec(outcome.error.stack) ?? [];
    const text = source.split("\n")[Number(line) - 1] ?? "";
    expect(text.slice(Number(column) - 1)).toMatch(new RegExp(`^${at}`));
  });
});

describe("what nobody can know is left as it is", () => {
  it.each([
    "({}).list()", "const users = {}; users.lst();", "undefined.list", "const { list } = { list: undefined }; list();",
    "const got = SecureExec.bindings.users.get('a'); got.map(() => 1);", "SecureExec.bindings.users.get.twice.over", "console.log.twice()",
    "throw new Error('SecureExec.bindings.usrs is not a function')", "throw new TypeError('a'.repeat(600) + ' is not a function')", "qwertz.x", "toStrin.x",
  ])("%s", async (source) => {
    expect(await messageOf(source)).not.toMatch(/Did you mean|has no|It has|give/);
  }); // prettier-ignore
});

it("a script of any length and an error of any words are looked through step by step", () => {
  const source = [
    "{",
    "{a,",
    "const a = SecureExec.",
    " ".repeat(30),
    "= SecureExec.bindings.a".repeat(9),
    "x".repeat(600),
  ]
    .map((part) => part.repeat(20_000))
    .join("\n");
  const error = {
    name: "TypeError",
    message: `${"a.".repeat(200)}b is not a function`,
    stack: "TypeError: x\n    at a.js:1:1",
  };
  const known = { setup: { leaves: [], namespaces: [] }, source, filename: "a.js" };
  expect(explained(error, known).message.startsWith(error.message)).toBe(true);
});
