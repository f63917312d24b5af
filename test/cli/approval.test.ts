/** `isobind run` with bindings that somebody must say yes to: at a terminal, on the command line, and later. */
import { readFileSync, rmSync } from "node:fs";
import { PassThrough } from "node:stream";
import { afterAll, beforeAll, beforeEach, expect, it } from "vitest";
import { cli } from "../../src/cli/cli.ts";
import { config, manifest, sharedProject, type Project } from "./project.ts";
import { isobind, type Ran } from "./testing-io.ts";

const definition = `import { appendFileSync } from "node:fs";
import { defineBindings } from "isobind";
import { suspend } from "isobind/registry";

const did = (what: string): string => (appendFileSync(new URL("./did.txt", import.meta.url), what + "\\n"), what);

export default defineBindings({
  note: (text: string) => did("note " + text),
  money: {
    /** @approval */
    pay: (to: string, cents: number) => did("pay " + to + " " + cents),
    /** @approval */
    send: async (to: string): Promise<string> => did("send " + to),
  },
  sign: (what: string): string => what + " signed by " + suspend<string>({ waitsFor: "a signature" }),
});
`;

const script = `const { note, money } = SecureExec.bindings;
note("once");
export default [money.pay("Ada", 500), await money.send("Grace")];
`;

let made: Project;
beforeAll(async () => {
  made = sharedProject({
    "package.json": manifest,
    "bindings.config.ts": config,
    "bindings.ts": definition,
    "script.ts": script,
    "sign.ts": `export default SecureExec.bindings.sign("order 7");\n`,
    "hides.ts": `SecureExec.bindings.money.pay("\\u001b[2K\\u001b[1A\\u202eAda", 500);\n`,
  });
  expect((await isobind(["generate"], { cwd: made.root })).code).toBe(0);
});
beforeEach(() => made.write("did.txt", ""));
afterAll(() => rmSync(made.root, { recursive: true, force: true }));

const run = (...flags: string[]): Promise<Ran> => isobind(["run", ...flags], { cwd: made.root });
const did = (): string[] => readFileSync(made.path("did.txt"), "utf8").split("\n").slice(0, -1);

/** A person at a terminal, who answers each question with the next line; `null` leaves. */
async function atTerminal(name: string, lines: readonly (string | null)[], ...flags: string[]): Promise<Ran> {
  const stdin = Object.assign(new PassThrough(), { isTTY: true });
  const stderr = Object.assign(new PassThrough(), { isTTY: true });
  const rest = [...lines];
  let stdout = "";
  let said = "";
  let seen = 0;
  stderr.on("data", (chunk: Buffer) => {
    said += chunk.toString();
    const questions = said.match(/\[y\/N\] |it waiting\): /gu)?.length ?? 0;
    if (questions <= seen) return;
    seen = questions;
    const line = rest.shift();
    if (line === null) stdin.end();
    else stdin.write(`${line}\n`);
  });
  const code = await cli(["run", name, ...flags], {
    cwd: made.root,
    env: { NO_COLOR: "1", TERM: "dumb" },
    stdin,
    stdout: { write: (text) => void (stdout += text) },
    stderr,
    ownStdout: () => new PassThrough(),
    interrupt: () => new AbortController().signal,
    stuck: () => {},
  });
  expect(rest, said).toEqual([]);
  // What moves the cursor to the question is Node's own.
  return { code, stdout, stderr: said.replaceAll(/\x1b\[(?:\d*G|0?J)/gu, "") };
}

it("refuses a call off a terminal, by code, and says how to say yes", async () => {
  const { code, stderr } = await run("script.ts");
  expect(code).toBe(1);
  expect(stderr).toContain("[ERR_JOURNAL_REQUIRED]");
  expect(stderr).toContain(
    "help: say yes on the command line, `--approve money.pay,money.send`, or keep what was done with `--journal run.journal` and say it later.",
  );
  expect(did()).toEqual(["note once"]);
});

it("offers no yes to a call whose answer comes later", async () => {
  const { code, stderr } = await run("sign.ts");
  expect(code).toBe(1);
  expect(stderr).toContain("[ERR_JOURNAL_REQUIRED]");
  expect(stderr).toContain("help: let it wait: `--journal run.journal` keeps what was done.");
  expect(stderr).not.toContain("--approve");
});

it("makes the calls that the command line names, and no others", async () => {
  expect(await run("script.ts", "--approve", "money.pay, money.send")).toMatchObject({ code: 0 });
  expect(did()).toEqual(["note once", "pay Ada 500", "send Grace"]);
  expect(await run("script.ts", "--approve", "money")).toMatchObject({ code: 0 });
  const one = await run("script.ts", "--approve", "money.pay");
  expect(one).toMatchObject({ code: 1, stderr: expect.stringContaining("ERR_BINDING_APPROVAL") as string });
  expect(one.stderr).toContain("help: say yes on the command line");
  const none = await run("script.ts", "--approve", "money.pya");
  expect(none).toMatchObject({ code: 2, stderr: expect.stringContaining("Did you mean") as string });
});

it("says that a yes is not asked for, and which are", async () => {
  const needless = await run("script.ts", "--approve", "money,note");
  expect(needless).toMatchObject({ code: 0 });
  expect(needless.stderr).toBe(
    "warning: `--approve note` changes nothing: no call of it asks for a yes. Those that do: money.pay, money.send; the tag `@approval` in the definition says so.\n",
  );
});

it("lets a run wait in a journal, and goes on without doing anything twice", async () => {
  const waits = await run("script.ts", "--journal", "a.journal");
  expect(waits.code).toBe(1);
  expect(waits.stderr).toContain("money.pay('Ada', 500) waits for approval");
  // Whatever else was said (`--registry`, `--input`) is of the run as well.
  expect(waits.stderr).toContain("help: the same command with `--approve money.pay` goes on with a yes.");
  const json = await run("script.ts", "--journal", "a.journal", "--format", "json");
  expect(JSON.parse(json.stdout)).toMatchObject({
    status: "suspended",
    waits: [{ call: 1, path: ["money", "pay"], for: "approval", arguments: ["Ada", 500] }],
  });
  const done = await run("script.ts", "--journal", "a.journal", "--approve", "money");
  expect(done).toMatchObject({ code: 0, stdout: "default = [ 'pay Ada 500', 'send Grace' ]\n" });
  expect(did()).toEqual(["note once", "pay Ada 500", "send Grace"]);
  const again = await run("script.ts", "--journal", "a.journal");
  expect(again).toMatchObject({ code: 0, stdout: done.stdout });
  expect(did()).toHaveLength(3);
});

it("takes no other file for a journal", async () => {
  const { code, stderr } = await run("script.ts", "--journal", "bindings.ts");
  expect(code, stderr).not.toBe(0);
  expect(stderr).toContain("ERR_JOURNAL_DAMAGED");
  expect(readFileSync(made.path("bindings.ts"), "utf8")).toBe(definition);
});

it("asks at a terminal, with the path and the arguments", async () => {
  const yes = await atTerminal("script.ts", ["y", "YES"]);
  expect(yes).toMatchObject({ code: 0, stdout: "default = [ 'pay Ada 500', 'send Grace' ]\n" });
  expect(yes.stderr).toContain("money.pay is marked @approval. The script calls it with\n");
  expect(yes.stderr).toMatch(/1: 'Ada'\n\s+2: 500\nCall it\? \[y\/N\] /u);
  expect(did()).toEqual(["note once", "pay Ada 500", "send Grace"]);

  made.write("did.txt", "");
  const no = await atTerminal("script.ts", [""]);
  expect(no).toMatchObject({ code: 1, stderr: expect.stringContaining("ERR_BINDING_APPROVAL") as string });
  expect(did()).toEqual(["note once"]);
  expect((await atTerminal("script.ts", ["y"], "--approve", "money.pay")).code).toBe(0);
});

it("shows what a script passes without obeying it, and takes leaving for no answer", async () => {
  const left = await atTerminal("hides.ts", [null]);
  expect(left.code).toBe(1);
  expect(left.stderr).toContain("help: nothing was kept. With `--journal run.journal`");
  const question = left.stderr.slice(0, left.stderr.indexOf("Call it?"));
  expect(question).toContain("\\x1B[2K\\x1B[1A\\u{202e}Ada");
  expect(question).not.toMatch(/\p{Cc}(?<![\r\n])|\u202e/u);
  expect(did()).toEqual([]);
});

it("keeps a no in the journal, and says so when it is said and when a yes comes later", async () => {
  const no = await atTerminal("script.ts", ["n"], "--journal", "no.journal");
  expect(no.code).toBe(1);
  expect(no.stderr).toContain(
    "The no is kept in `no.journal`: a later `--approve` does not change it. Another file begins the run anew.",
  );
  const later = await run("script.ts", "--journal", "no.journal", "--approve", "money");
  expect(later.code).toBe(1);
  expect(later.stderr).toContain(
    "help: `no.journal` has a no, and keeps it: a later `--approve` does not change it. Another file begins the run anew.",
  );
  expect(did()).toEqual(["note once"]);
});

it("says in words that a journal is of another script, and what to do", async () => {
  await run("script.ts", "--journal", "other.journal");
  const { code, stderr } = await run("sign.ts", "--journal", "other.journal");
  expect(code).toBe(1);
  expect(stderr).toMatch(
    /The journal is not of this run: it was begun by `script\.ts`, and this is `sign\.ts`\. Run `script\.ts` with the text it was begun with, .* or begin anew with an empty journal: its calls are then made again\./,
  );
});

it("asks for the answer that a host function waits for", async () => {
  const signed = await atTerminal("sign.ts", ["{", '"Ada"'], "--journal", "sign.journal");
  expect(signed.stdout, signed.stderr).toBe("default = 'order 7 signed by Ada'\n");
});
