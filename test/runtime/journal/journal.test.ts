import { afterAll, describe, expect, it } from "vitest";
import { defineRegistry, suspend, type RegistryContract } from "../../../src/registry/index.ts";
import {
  createSandbox,
  memoryJournal,
  type Journal,
  type MemoryJournal,
  type RunResult,
  type Sandbox,
} from "../../../src/runtime/index.ts";
import { encodeOwn } from "../../../src/runtime/crossing/host-codec.ts";
import { bytesOf, headBytes } from "../../../src/runtime/crossing/message-bytes.ts";
import { readLog, noHash } from "../../../src/runtime/journal/log.ts";
import { Records } from "../../../src/runtime/journal/records.ts";
import type { Entry, RunHead } from "../../../src/runtime/journal/entry.ts";
import type { Policy } from "../../../src/model/policy.ts";
import type { BindingFunction } from "../../../src/model/registry.ts";

/** What the host functions have done, counted by themselves. */
let made: string[] = [];
/** Held until a test lets them go. */
let gates: (() => void)[] = [];

type Leaves = Record<string, { mode: "sync" | "async"; policy?: Policy; call: BindingFunction }>;

const leaves: Leaves = {
  add: { mode: "sync", call: (a, b) => (made.push("add"), (a as number) + (b as number)) },
  once: { mode: "sync", policy: { maxCalls: 2 }, call: () => void made.push("once") },
  fail: {
    mode: "async",
    call: async () => {
      made.push("fail");
      throw Object.assign(new RangeError("too far"), { code: "E_FAR" });
    },
  },
  /** Answers in the reverse order of its calls. */
  late: {
    mode: "async",
    call: async (n) => {
      made.push(`late ${String(n)}`);
      for (let i = 0; i < 3 * (4 - (n as number)); i++) await new Promise((done) => setImmediate(done));
      return { n, at: new Date(0), bytes: new Uint8Array([1, 2, 3]) };
    },
  },
  note: { mode: "async", policy: { idempotent: true }, call: async (id) => (made.push("note"), id) },
  pay: {
    mode: "async",
    policy: { approval: true },
    call: async (to) => (made.push(`pay ${String(to)}`), "paid"),
  },
  payNow: {
    mode: "sync",
    policy: { approval: true },
    call: (to) => (made.push(`pay ${String(to)}`), "paid"),
  },
  deliver: {
    mode: "async",
    call: async (order) => {
      made.push("deliver");
      const signed = suspend<{ by: string }>({ order, step: "sign" });
      const paid = suspend<bigint>({ order, step: "pay" });
      return [signed.by, paid];
    },
  },
  hold: {
    mode: "async",
    call: async () => {
      made.push("hold");
      await new Promise<void>((go) => gates.push(go));
      return "held";
    },
  },
};

const registryOf = (leaves: Leaves) =>
  defineRegistry(Object.fromEntries(Object.entries(leaves).map(([name, { call }]) => [name, call])), {
    digest: "sha256-test",
    excessProperties: "refuse",
    declarations: [],
    leaves: Object.entries(leaves).map(([name, { mode, policy }]) => ({
      path: [name],
      mode,
      policy: policy ?? {},
      signatures: [
        {
          mode,
          parameters: [{ name: "args", quantity: "rest", shape: { kind: "unknown" } }],
          result: { kind: "unknown" },
        },
      ],
      throws: [],
      accepts: () => true,
      acceptsResult: () => true,
    })),
  } as unknown as RegistryContract);

const registry = registryOf(leaves);

const said: string[] = [];
const sandboxes = new Map<string, Promise<Sandbox>>();
const sandboxOf = (isolation: "process" | "none"): Promise<Sandbox> => {
  let known = sandboxes.get(isolation);
  if (!known) {
    const onConsole = ({ text }: { text: string }): void => void said.push(text);
    sandboxes.set(isolation, (known = createSandbox({ registry, isolation, onConsole }) as Promise<Sandbox>));
  }
  return known;
};

afterAll(async () => {
  for (const sandbox of sandboxes.values()) await (await sandbox).dispose();
});

const exportsOf = (result: RunResult): unknown => {
  if (result.status !== "ok")
    throw new Error(`${result.status}: ${result.error.code ?? ""} ${result.error.message}`);
  return result.exports["default"];
};

const errorOf = (result: RunResult): string | undefined =>
  result.status === "ok" ? "ok" : result.error.code;

const codeOf = (error: unknown): unknown => (error as { readonly code?: unknown }).code;

const fails = (): never => {
  throw new Error("a mistake of the host");
};

/** Everything a run can be: answers out of order, errors, chance, time, console, work that goes on from answers. */
const varied = `
  const { add, late, fail, note } = SecureExec.bindings;
  const heard = [];
  const began = Date.now();
  const one = async (n) => {
    const { n: same, at, bytes } = await late(n);
    heard.push(same, Math.random() < 2);
    if (n % 2) heard.push(await note("n" + n));
    console.log("heard " + n, at.getTime(), bytes.length);
    return add(n, Number(Date.now() >= began));
  };
  const sums = await Promise.all([1, 2, 3].map(one));
  let error;
  try { await fail() } catch (caught) { error = [caught instanceof RangeError, caught.code] }
  export default { heard, sums, error, chance: [Math.random(), Math.random()], days: new Date().getTime() - began < 1e9 };
`;

describe.each(["process", "none"] as const)("a journal, with isolation: %s", (isolation) => {
  it("answers what it has without calling the host, wherever the run was cut off", async () => {
    const sandbox = await sandboxOf(isolation);
    made = [];
    const { journal, inner } = eager();
    const whole = exportsOf(await sandbox.run(varied, { journal }));
    const calls = made.length;
    expect(made.toSorted()).toEqual([
      "add",
      "add",
      "add",
      "fail",
      "late 1",
      "late 2",
      "late 3",
      "note",
      "note",
    ]);
    const { bytes } = inner;
    for (const cut of boundaries(bytes)) {
      const kept = bytes.slice(0, cut);
      const { calls: known, open } = told(kept);
      made = [];
      said.length = 0;
      const again = memoryJournal(kept);
      const result = await sandbox.run(varied, { journal: again, onDoubt: () => "repeat" });
      const { heard, ...rest } = exportsOf(result) as { heard: unknown[] };
      const { heard: first, ...others } = whole as { heard: unknown[] };
      expect(rest).toEqual(others);
      // What was heard stays; what was not may be heard in another order.
      expect(heard.toSorted()).toEqual(first.toSorted());
      expect(made).toHaveLength(calls - known + open);
      expect(exportsOf(await sandbox.run(varied, { journal: again }))).toEqual(exportsOf(result));
    }
  });

  it("has the same order, times and chance to the last bit when all answers are there", async () => {
    const sandbox = await sandboxOf(isolation);
    const { journal, inner } = eager();
    const source = `${varied}; export const times = [Date.now(), new Date().toISOString(), Date(), new Intl.DateTimeFormat("en", { timeStyle: "full" }).format()];`;
    const first = await sandbox.run(source, { journal });
    const bytes = inner.bytes;
    made = [];
    // Without its end, and with all before.
    const again = await sandbox.run(source, {
      journal: memoryJournal(bytes.slice(0, boundaries(bytes).at(-2))),
    });
    const { times: _, ...firstRest } = first.status === "ok" ? first.exports : {};
    const { times: __, ...againRest } = again.status === "ok" ? again.exports : {};
    expect(againRest).toEqual(firstRest);
    expect(made).toEqual([]);
  });

  it("says each line of the console once", async () => {
    const sandbox = await sandboxOf(isolation);
    said.length = 0;
    const journal = memoryJournal();
    const source = `console.log("one"); await SecureExec.bindings.hold(); console.log("two"); export default 1`;
    const controller = new AbortController();
    gates = [];
    const first = sandbox.run(source, { journal, signal: controller.signal });
    await until(() => gates.length === 1);
    controller.abort();
    expect((await first).status).toBe("aborted");
    gates[0]!();
    const second = sandbox.run(source, { journal, onDoubt: () => ({ result: "known" }) });
    exportsOf(await second);
    expect(said).toEqual(["one", "two"]);
  });

  it("leaves a call in doubt to the host, and names it", async () => {
    const sandbox = await sandboxOf(isolation);
    made = [];
    gates = [];
    const source = `export default [await SecureExec.bindings.hold("x")]`;
    const journal = memoryJournal();
    const controller = new AbortController();
    const first = sandbox.run(source, { journal, signal: controller.signal });
    await until(() => gates.length === 1);
    controller.abort();
    await first;
    gates[0]!();
    const stopped = await sandbox.run(source, { journal });
    expect(errorOf(stopped)).toBe("ERR_JOURNAL_IN_DOUBT");
    expect(stopped).toMatchObject({ error: { message: expect.stringContaining("`hold`") as string } });
    const doubts: unknown[] = [];
    const told = await sandbox.run(source, {
      journal,
      onDoubt(call) {
        doubts.push(call);
        return { result: "from the books" };
      },
    });
    expect(exportsOf(told)).toEqual(["from the books"]);
    expect(doubts).toEqual([{ call: 0, path: ["hold"], arguments: ["x"] }]);
    expect(made).toEqual(["hold"]);
  });

  it("counts calls of all its processes together", async () => {
    const sandbox = await sandboxOf(isolation);
    const source = `const { once, pay } = SecureExec.bindings; once(); once(); await pay("a"); let code; try { once() } catch (e) { code = e.code } export default code`;
    const journal = memoryJournal();
    expect((await sandbox.run(source, { journal })).status).toBe("suspended");
    expect(exportsOf(await sandbox.run(source, { journal, answer: { approved: true } }))).toBe(
      "ERR_BINDING_LIMIT",
    );
  });

  it("keeps the input of the run it began with", async () => {
    const sandbox = await sandboxOf(isolation);
    const source = `await SecureExec.bindings.pay("x"); export default input.big`;
    const journal = memoryJournal();
    await sandbox.run(source, { journal, input: { big: 2n ** 70n } });
    expect(exportsOf(await sandbox.run(source, { journal, answer: { approved: true } }))).toBe(2n ** 70n);
  });

  it("refuses another script, another input and other calls, with both sides named", async () => {
    const sandbox = await sandboxOf(isolation);
    const source = `export default SecureExec.bindings.add(1, 2)`;
    const journal = memoryJournal();
    await sandbox.run(source, { journal, input: 1, filename: "sum.js" });
    const edited = await sandbox.run(`${source} `, { journal, filename: "sum.js" });
    expect(edited).toMatchObject({
      error: {
        code: "ERR_JOURNAL_MISMATCH",
        message: expect.stringContaining(
          "begun by `sum.js` before it was edited. Run `sum.js` with",
        ) as string,
      },
    });
    const other = await sandbox.run(`${source} `, { journal, filename: "other.js" });
    expect(other).toMatchObject({
      error: {
        code: "ERR_JOURNAL_MISMATCH",
        message: expect.stringContaining("begun by `sum.js`, and this is `other.js`. Run `sum.js`") as string,
      },
    });
    // A file that was moved is the same script.
    expect((await sandbox.run(source, { journal, filename: "moved.js" })).status).toBe("ok");
    expect(await sandbox.run(source, { journal, input: 2, filename: "sum.js" })).toMatchObject({
      error: {
        code: "ERR_JOURNAL_MISMATCH",
        message: expect.stringContaining(
          "it was begun with another input or other globals. Give it those",
        ) as string,
      },
    });
    const [head] = readLog(journal.bytes).entries;
    for (const [name, args, words] of [
      ["add", "0".repeat(32), "its call 1, of `add`, was made with other arguments"],
      ["late", "0".repeat(32), "its call 1 is of `late`, and the script now makes one of `add`"],
    ] as const) {
      const forged = forge([head!, ["call", 0, name, args], ["done", 0, false, "value", 7]]);
      made = [];
      const result = await sandbox.run(source, { journal: forged, filename: "sum.js" });
      expect(errorOf(result)).toBe("ERR_JOURNAL_MISMATCH");
      expect(result).toMatchObject({
        error: { message: expect.stringContaining(words) as string },
      });
      expect(made).toEqual([]);
    }
    const more = forge([
      head!,
      ["call", 0, "add", digestOfCall(journal)],
      ["done", 0, false, "value", 3],
      ["call", 1, "add", "x"],
    ]);
    expect(errorOf(await sandbox.run(source, { journal: more, filename: "sum.js" }))).toBe(
      "ERR_JOURNAL_MISMATCH",
    );
    const louder = forge([head!, ["said", "log", "hello"]]);
    expect(errorOf(await sandbox.run(`console.log("bye")`, { journal: louder }))).toBe(
      "ERR_JOURNAL_MISMATCH",
    );
  });

  it("is refused by its code when somebody has written what is no story into it", async () => {
    const sandbox = await sandboxOf(isolation);
    const source = `export default SecureExec.bindings.add(1, 2)`;
    const journal = memoryJournal();
    await sandbox.run(source, { journal });
    const [head] = readLog(journal.bytes).entries;
    const call: Entry = ["call", 0, "add", digestOfCall(journal)];
    const done: Entry = ["done", 0, false, "value", 3];
    for (const entries of [
      [head!, call, ["wait", 0, false, 5]],
      [head!, call, done, done],
      [head!, call, done, ["wait", 0, true, null]],
      [head!, call, done, ["done", 0, true, "value", 4]],
    ]) {
      await expect(sandbox.run(source, { journal: forge(entries as Entry[]) })).rejects.toMatchObject({
        code: "ERR_JOURNAL_DAMAGED",
      });
    }
    const self: Record<string, unknown> = { name: "Error", message: "m", stack: "s" };
    self["cause"] = self;
    const bytes = bytesOf(encodeOwn({ a: 1 }));
    const broken = bytes.fill(0x7f, headBytes, headBytes + 4);
    const asked: Entry = ["wait", 0, false, bytesOf(encodeOwn("a signature"))];
    const { input: _none, ...own } = head![1] as RunHead;
    for (const entries of [
      [["run", { ...own, input: broken }]],
      [head!, call, ["wait", 0, false, broken]],
      [head!, call, asked, ["answer", 0, { value: broken }]],
      ...[broken, bytesOf(encodeOwn("no exports"))].map((value) => [head!, call, done, ["end", "ok", value]]),
      ...[
        null,
        { name: { toString: 1 }, message: "m", stack: "s" },
        { name: "Error", message: "m", stack: "s", cause: { name: 5 } },
        { name: "Error", message: "m", stack: "s", errors: { slice: 5 } },
        { name: "Error", message: "m", stack: "s", code: { toString: 1 } },
      ].map((thrown) => [head!, call, done, ["end", "error", bytesOf(encodeOwn(thrown))]]),
    ]) {
      await expect(sandbox.run(source, { journal: forge(entries as Entry[]) })).rejects.toMatchObject({
        code: "ERR_JOURNAL_DAMAGED",
      });
    }
    const ended: Entry = ["end", "error", bytesOf(encodeOwn({ ...self, code: "E_OWN" }))];
    expect(errorOf(await sandbox.run(source, { journal: forge([head!, call, done, ended]) }))).toBe("E_OWN");
  });

  it.each([
    ["a sync call", "add", "value", false],
    ["an async call", "note", "value", true],
    ["a failed sync call", "add", "error", false],
    ["a failed async call", "note", "error", true],
  ] as const)("ends when the recorded answer to %s cannot be read", async (_what, leaf, kind, later) => {
    const sandbox = await sandboxOf(isolation);
    const source = `const { ${leaf}, once } = SecureExec.bindings; try { await ${leaf}(1, 2) } catch {} once();`;
    const journal = memoryJournal();
    await sandbox.run(source, { journal });
    const [head, call] = readLog(journal.bytes).entries;
    const broken = bytesOf(encodeOwn({ a: 1 })).fill(0x7f, headBytes, headBytes + 4);
    const reply = kind === "value" ? ([kind, broken] as const) : ([kind, broken, false] as const);
    made = [];
    const forged = forge([head!, call!, ["done", 0, later, ...reply]]);
    expect(errorOf(await sandbox.run(source, { journal: forged }))).toBe("ERR_JOURNAL_DAMAGED");
    expect(made).toEqual([]);
  });

  it("holds a sync call until the journal is safe, where that can be waited for", async () => {
    const sandbox = await sandboxOf(isolation);
    const order: string[] = [];
    const inner = memoryJournal();
    const slow: Journal = {
      read: () => inner.read(),
      truncate: (length) => inner.truncate(length),
      async append(bytes) {
        await new Promise((done) => setImmediate(done));
        await inner.append(bytes, false);
        order.push(
          ...readLog(inner.bytes)
            .entries.slice(-1)
            .map(([name]) => name),
        );
      },
    };
    made = [];
    const result = await sandbox.run(
      `const { add, note } = SecureExec.bindings; export default [add(1, 2), await note("a"), add(3, 4)]`,
      { journal: slow },
    );
    if (isolation === "none") {
      expect(errorOf(result)).toBe("ERR_SANDBOX_OPTION");
      expect(made).toEqual([]);
    } else {
      expect(exportsOf(result)).toEqual([3, "a", 7]);
      expect(order).toEqual(["run", "call", "done", "call", "done", "call", "done", "end"]);
    }
  });

  it("stops a run whose journal cannot be written, before the call", async () => {
    const sandbox = await sandboxOf(isolation);
    const inner = memoryJournal();
    let left = 1;
    const full: Journal = {
      ...inner,
      append(bytes) {
        if (left-- === 0) throw Object.assign(new Error("no space left"), { code: "ENOSPC" });
        void inner.append(bytes, false);
      },
    };
    made = [];
    const result = await sandbox.run(`export default SecureExec.bindings.add(1, 2)`, { journal: full });
    expect(errorOf(result)).toBe("ERR_JOURNAL_FAILED");
    expect(result).toMatchObject({ error: { cause: { code: "ENOSPC" } } });
    expect(made).toEqual([]);
  });

  it.each(["run", "done", "wait", "end"] as const)(
    "ends a run whose store fails behind its back, at `%s`, and leaves a journal that is whole",
    async (where) => {
      const sandbox = await sandboxOf(isolation);
      const inner = memoryJournal();
      let sent = Buffer.alloc(0);
      const failing: Journal = {
        read: () => inner.read(),
        truncate: (length) => inner.truncate(length),
        async append(bytes) {
          sent = Buffer.concat([sent, bytes]);
          const { entries } = readLog(sent);
          await new Promise((done) => setImmediate(done));
          if (entries.at(-1)?.[0] === where)
            throw Object.assign(new Error("cut off"), { code: "ECONNRESET" });
          await inner.append(bytes, false);
        },
      };
      const source = `const { note, pay } = SecureExec.bindings; await note("a"); ${where === "wait" ? `await pay("Ada")` : ""}`;
      const ended = await sandbox.run(source, { journal: failing }).then(errorOf, codeOf);
      expect(ended).toBe("ERR_JOURNAL_FAILED");
      expect(() => readLog(inner.bytes)).not.toThrow();
    },
  );

  it("writes nothing behind an entry that could not be written", async () => {
    const sandbox = await sandboxOf(isolation);
    const inner = memoryJournal();
    let isFull = false;
    const full: Journal = {
      ...inner,
      append(bytes) {
        if (!isFull && readLog(Buffer.concat([inner.bytes, bytes])).entries.at(-1)?.[0] === "done") {
          isFull = true;
          throw new Error("no space left");
        }
        void inner.append(bytes, false);
      },
    };
    gates = [];
    const source = `const { hold, note } = SecureExec.bindings; const held = hold("x"); await note("n"); export default await held`;
    expect(errorOf(await sandbox.run(source, { journal: full }))).toBe("ERR_JOURNAL_FAILED");
    // There is room again when the call that was on its way ends.
    gates[0]!();
    await new Promise((done) => setImmediate(done));
    const again = await sandbox.run(source, { journal: memoryJournal(inner.bytes) });
    expect(errorOf(again)).toBe("ERR_JOURNAL_IN_DOUBT");
  });

  it("rejects when not even the first entry can be written", async () => {
    const sandbox = await sandboxOf(isolation);
    const readOnly: Journal = {
      ...memoryJournal(),
      append() {
        throw new Error("read only");
      },
    };
    await expect(sandbox.run("", { journal: readOnly })).rejects.toMatchObject({
      code: "ERR_JOURNAL_FAILED",
    });
  });

  it("leaves a call that it wrote down too late to make, and makes it when it goes on", async () => {
    const sandbox = await sandboxOf(isolation);
    const inner = memoryJournal();
    let safe = (): void => {};
    let isHeld = false;
    const slow: Journal = {
      read: () => inner.read(),
      truncate: (length) => inner.truncate(length),
      async append(bytes) {
        const name = readLog(Buffer.concat([inner.bytes, bytes])).entries.at(-1)?.[0];
        await inner.append(bytes, false);
        if (name !== "call" || isHeld) return;
        isHeld = true;
        await new Promise<void>((resolve) => (safe = resolve));
      },
    };
    made = [];
    const source = `export default (await SecureExec.bindings.late(3)).n`;
    const controller = new AbortController();
    const first = sandbox.run(source, { journal: slow, signal: controller.signal });
    await until(() => isHeld);
    controller.abort();
    safe();
    expect((await first).status).toBe("aborted");
    expect(made).toEqual([]);
    expect(exportsOf(await sandbox.run(source, { journal: memoryJournal(inner.bytes) }))).toBe(3);
    expect(made).toEqual(["late 3"]);
  });

  it.each(["run", "call", "done"] as const)(
    "does not wait for a store that never answers once its caller has ended it, at `%s`",
    async (where) => {
      const sandbox = await sandboxOf(isolation);
      const inner = memoryJournal();
      let answer = (): void => {};
      let held: Promise<void> | undefined;
      const silent: Journal = {
        read: () => inner.read(),
        truncate: (length) => inner.truncate(length),
        append(bytes) {
          void inner.append(bytes, false);
          if (readLog(inner.bytes).entries.at(-1)?.[0] === where)
            held ??= new Promise((resolve) => (answer = resolve));
          return held ?? Promise.resolve();
        },
      };
      const controller = new AbortController();
      const source = `const { late, hold } = SecureExec.bindings; await late(3); await hold()`;
      const run = sandbox.run(source, {
        journal: silent,
        signal: controller.signal,
        // At the very beginning nothing but this time ends the wait; at a call the script has to get there first.
        limits: { wallMs: where === "run" ? 400 : 20_000 },
      });
      await until(() => held !== undefined);
      controller.abort();
      const ended = await run.then((result) => result.status, codeOf);
      expect(ended).toBe(where === "run" ? "ERR_JOURNAL_FAILED" : "aborted");
      // What the store still has of it could come behind what another run writes.
      await expect(sandbox.run(source, { journal: silent })).rejects.toMatchObject({
        code: "ERR_SANDBOX_OPTION",
      });
      answer();
      await new Promise((done) => setImmediate(done));
      expect((await sandbox.run(`${source} `, { journal: silent })).status).toBe("error");
    },
  );

  it.each([
    ["run", "ERR_JOURNAL_FAILED"],
    ["call", "timeout"],
    ["done", "timeout"],
    ["end", "ERR_JOURNAL_FAILED"],
  ] as const)("does not wait for ever for a store that never answers, at `%s`", async (where, expected) => {
    const sandbox = await sandboxOf(isolation);
    const source = `const { late, hold } = SecureExec.bindings; await late(3);${where === "end" ? "" : " await hold()"}`;
    let held: Promise<void> | undefined;
    // The script has to get there in its time, which is longer until it does.
    for (let wallMs = 500; held === undefined; wallMs *= 2) {
      const inner = memoryJournal();
      const silent: Journal = {
        read: () => inner.read(),
        truncate: (length) => inner.truncate(length),
        append(bytes) {
          void inner.append(bytes, false);
          if (readLog(inner.bytes).entries.at(-1)?.[0] === where) held ??= new Promise(() => {});
          return held ?? Promise.resolve();
        },
      };
      made = [];
      const ended = await sandbox
        .run(source, { journal: silent, limits: { wallMs } })
        .then((result) => (result.status === "error" ? errorOf(result) : result.status), codeOf);
      if (held !== undefined) expect(ended).toBe(expected);
    }
  });

  describe("does not wait for ever for a store that never answers, when it is asked to", () => {
    /** `where` answers only when it is let go; `asked` resolves when somebody waits for it. */
    function silentAt(where: "read" | "truncate" | "close"): {
      journal: Journal;
      closed: () => number;
      asked: Promise<void>;
      answer: () => void;
    } {
      const entry = eager();
      const inner = entry.journal;
      const asked = Promise.withResolvers<void>();
      const held = Promise.withResolvers<void>();
      const hold = (here: string): Promise<void> | undefined =>
        here === where ? (asked.resolve(), held.promise) : undefined;
      let closed = 0;
      const journal: Journal = {
        async read() {
          await hold("read");
          // An entry that was cut short, so that there is something to truncate.
          return where === "truncate" ? new Uint8Array(1) : inner.read();
        },
        truncate: (length) => hold("truncate") ?? inner.truncate(length),
        append: (bytes, isLazy) => inner.append(bytes, isLazy),
        close: () => (closed++, hold("close")),
      };
      return { journal, closed: () => closed, asked: asked.promise, answer: held.resolve };
    }

    it.each([
      ["read", 0],
      ["truncate", 0],
      ["close", 1],
    ] as const)("%s", async (where, closedFirst) => {
      const sandbox = await sandboxOf(isolation);
      const { journal, closed, answer } = silentAt(where);
      // The script has to get to its end in that time.
      const limits = { wallMs: where === "close" ? 5_000 : 50 };
      const ended = sandbox.run("export default 1", { journal, limits });
      await expect(ended).rejects.toMatchObject({
        code: "ERR_JOURNAL_FAILED",
        message: expect.stringContaining(`the store has not answered within ${limits.wallMs} ms`) as unknown,
      });
      // What the store still does could come behind what another run writes.
      expect(closed()).toBe(closedFirst);
      await expect(sandbox.run("", { journal })).rejects.toMatchObject({ code: "ERR_SANDBOX_OPTION" });
      answer();
      await new Promise((done) => setImmediate(done));
      expect(closed()).toBe(1);
      expect(errorOf(await sandbox.run("export default 1", { journal }))).toBe("ok");
    });

    it("close, after a run that its caller has ended", async () => {
      const sandbox = await sandboxOf(isolation);
      const { journal, asked } = silentAt("close");
      const caller = new AbortController();
      made = [];
      const source = "await SecureExec.bindings.hold()";
      const run = sandbox.run(source, { journal, signal: caller.signal, limits: { wallMs: 5_000 } });
      await until(() => made.length > 0);
      caller.abort();
      await asked;
      expect((await run).status).toBe("aborted");
    });
  });

  it("ends a script that goes on calling when all its calls are refused: each is written down", async () => {
    await using sandbox = await createSandbox({ registry, isolation, limits: { calls: 2 } });
    const source = `
      const { add, late } = SecureExec.bindings;
      for (let n = 0; ; n++) try { n % 2 ? await late(1) : add(n, 1) } catch (error) { if (error.code !== "ERR_BINDING_LIMIT") throw error }`;
    const journal = memoryJournal();
    made = [];
    for (let time = 0; time < 2; time++) {
      const result = (await sandbox.run(source, { journal })) as RunResult;
      expect(errorOf(result)).toBe("ERR_BINDING_LIMIT");
      expect(result.status).toBe("error");
      expect(made).toEqual(["add", "late 1"]);
      expect(told(journal.bytes)).toEqual({ calls: 1_002, open: 0 });
    }
  });

  it.each([
    ["one after the other", `for (let n = 0; n < 6; n++) await note(text)`],
    ["at once", `await Promise.all(Array.from({ length: 6 }, () => note(text)))`],
  ])("ends a script whose results are more than its journal may hold, %s", async (how, calls) => {
    const sandbox = await sandboxOf(isolation);
    const source = `const { note } = SecureExec.bindings; const text = "x".repeat(300_000); ${calls}`;
    const journal = memoryJournal();
    made = [];
    let first = how === "at once" ? 0 : 4;
    for (let time = 0; time < 2; time++) {
      const result = await sandbox.run(source, { journal, limits: { journalBytes: 1_000_000 } });
      expect(errorOf(result)).toBe("ERR_BINDING_LIMIT");
      expect(result.status === "error" && result.error.message).toContain("limits.journalBytes");
      first ||= made.length;
      expect(made).toHaveLength(first);
      expect(journal.bytes.length).toBeLessThan(1_300_000);
    }
    expect(errorOf(await sandbox.run(source, { journal }))).toBe("ok");
    // Four results were kept.
    expect(made).toHaveLength(first + 2);
  });

  it("ends a script that fills its journal with lines, and prints each once when it goes on", async () => {
    const printed: string[] = [];
    const sandbox = await createSandbox({
      registry: {},
      isolation,
      workers: 1,
      onConsole: ({ text }) => void printed.push(text),
    });
    const source = `for (let n = 0; n < 50; n++) console.log(n + "x".repeat(100))`;
    const journal = memoryJournal();
    const full = await sandbox.run(source, { journal, limits: { journalBytes: 1024 } });
    expect(errorOf(full)).toBe("ERR_BINDING_LIMIT");
    expect(journal.bytes.length).toBeLessThan(1024 + 400);
    expect(printed.length).toBeLessThan(10);
    expect(errorOf(await sandbox.run(source, { journal }))).toBe("ok");
    expect(printed.map((line) => parseInt(line, 10))).toEqual(Array.from({ length: 50 }, (_, n) => n));
    await sandbox.dispose();
  });

  it.each([
    [
      "times",
      `for (let n = 0, last = 0; n < 200;) { const now = Date.now(); if (now > last) n++; last = now; } console.log("there")`,
    ],
    ["modules", `import "./${"a".repeat(1000)}.js"`],
  ])("ends a script that fills its journal with %s", async (_what, source) => {
    const printed: string[] = [];
    const sandbox = await createSandbox({
      registry: {},
      isolation,
      workers: 1,
      onConsole: ({ text }) => void printed.push(text),
    });
    const result = await sandbox.run(source, {
      journal: memoryJournal(),
      modules: { [`./${"a".repeat(1000)}.js`]: `import "./b.js"`, "./b.js": "" },
      limits: { journalBytes: 1024 },
    });
    expect([errorOf(result), printed]).toEqual(["ERR_BINDING_LIMIT", []]);
    await sandbox.dispose();
  });

  it.each([
    ["throws", () => fails()],
    ["rejects", async () => fails()],
    ["says another word", () => "again" as never],
    ["says nothing", async () => undefined as never],
  ] as const)("makes no call in doubt when `onDoubt` %s", async (_how, onDoubt) => {
    const sandbox = await sandboxOf(isolation);
    made = [];
    gates = [];
    const source = `await SecureExec.bindings.hold("x")`;
    const journal = memoryJournal();
    const controller = new AbortController();
    const first = sandbox.run(source, { journal, signal: controller.signal });
    await until(() => gates.length === 1);
    controller.abort();
    await first;
    expect(errorOf(await sandbox.run(source, { journal, onDoubt }))).toBe("ERR_JOURNAL_IN_DOUBT");
    expect(made).toEqual(["hold"]);
  });

  it.each(["a module", "a decision"] as const)(
    "takes nothing more when %s comes after the end of its run",
    async (what) => {
      const sandbox = await sandboxOf(isolation);
      gates = [];
      const source =
        what === "a module"
          ? `export default (await import("m")).default`
          : `export default await SecureExec.bindings.hold("x")`;
      const inner = memoryJournal();
      // As the store of somebody else, who is told of each entry.
      const journal: Journal = { ...inner, append: (bytes) => inner.append(bytes, false) };
      const held = Promise.withResolvers<void>();
      const controller = new AbortController();
      const run = (isHeld: boolean): Promise<RunResult> =>
        sandbox.run(source, {
          journal,
          dynamicImport: true,
          modules: {
            resolve: (name) => name,
            load: async () => {
              if (isHeld) (controller.abort(), await held.promise);
              return `export default "held"`;
            },
          },
          onDoubt: async () => {
            if (isHeld) (controller.abort(), await held.promise);
            return { result: "held" };
          },
          ...(isHeld && { signal: controller.signal }),
        }) as Promise<RunResult>;
      if (what === "a decision") {
        const killer = new AbortController();
        const first = sandbox.run(source, { journal, signal: killer.signal });
        await until(() => gates.length === 1);
        killer.abort();
        await first;
      }
      expect((await run(true)).status).toBe("aborted");
      const { length } = inner.bytes;
      held.resolve();
      await new Promise((done) => setTimeout(done, 20));
      expect(inner.bytes.length).toBe(length);
      expect(exportsOf(await run(false))).toBe("held");
    },
  );

  it("is one run's at a time, and closed however that ends", async () => {
    const sandbox = await sandboxOf(isolation);
    made = [];
    gates = [];
    let closed = 0;
    const journal: Journal = { ...memoryJournal(), close: () => void closed++ };
    const source = `await SecureExec.bindings.hold("x")`;
    const first = sandbox.run(source, { journal });
    await expect(sandbox.run(source, { journal })).rejects.toMatchObject({ code: "ERR_SANDBOX_OPTION" });
    await until(() => gates.length === 1);
    gates[0]!();
    expect(errorOf(await first)).toBe("ok");
    expect([made, closed]).toEqual([["hold"], 1]);
    await expect(sandbox.run(source, { journal, answer: { value: 1 } })).resolves.toBeDefined();
    const empty: Journal = { ...memoryJournal(), close: () => void closed++ };
    await expect(sandbox.run(source, { journal: empty, answer: { value: 1 } })).rejects.toThrow();
    const damaged: Journal = { ...memoryJournal(new Uint8Array(300)), close: () => void closed++ };
    await expect(sandbox.run(source, { journal: damaged })).rejects.toThrow();
    expect(closed).toBe(4);
  });

  it("is told of modules by what they hold", async () => {
    const sandbox = await sandboxOf(isolation);
    const source = `import { n } from "./n.js"; await SecureExec.bindings.pay(n); export default n`;
    const journal = memoryJournal();
    const first = await sandbox.run(source, { journal, modules: { "./n.js": "export const n = 1" } });
    expect(first.status).toBe("suspended");
    const other = await sandbox.run(source, {
      journal: memoryJournal(journal.bytes),
      modules: { "./n.js": "export const n = 2" },
    });
    expect(other).toMatchObject({
      error: {
        code: "ERR_JOURNAL_MISMATCH",
        message: expect.stringMatching(
          /the module `[^`]*n\.js` had another text\. Give the run the modules/,
        ) as string,
      },
    });
    const before = readLog(journal.bytes).entries.map((entry) =>
      entry[0] === "load" ? (["load", entry[1]] as const) : entry,
    );
    const unnamed = await sandbox.run(source, {
      journal: forge(before),
      modules: { "./n.js": "export const n = 2" },
    });
    expect(unnamed).toMatchObject({
      error: { message: expect.stringContaining("other modules were imported than now (`") as string },
    });
    const same = await sandbox.run(source, {
      journal,
      modules: { "./n.js": "export const n = 1" },
      answer: { approved: true },
    });
    expect(exportsOf(same)).toBe(1);
  });
});

describe.each(["process", "none"] as const)("a run that waits, with isolation: %s", (isolation) => {
  it("ends as suspended for an approval, and goes on elsewhere", async () => {
    const sandbox = await sandboxOf(isolation);
    made = [];
    const source = `const { add, pay } = SecureExec.bindings; const sum = add(1, 2); export default [await pay("Ada", sum), sum]`;
    const journal = memoryJournal();
    const waits = await sandbox.run(source, { journal });
    expect(waits).toMatchObject({
      status: "suspended",
      error: { code: "ERR_SANDBOX_SUSPENDED" },
      waits: [{ call: 1, path: ["pay"], for: "approval", arguments: ["Ada", 3], reason: undefined }],
    });
    expect(sandbox.stats().busy).toBe(0);
    expect(made).toEqual(["add"]);
    // Nobody has answered: it waits on.
    expect((await sandbox.run(source, { journal })).status).toBe("suspended");
    await using elsewhere = await createSandbox({ registry, isolation: "none" });
    const result = await elsewhere.run(source, {
      journal: memoryJournal(journal.bytes),
      answer: { approved: true },
    });
    expect(exportsOf(result as RunResult)).toEqual(["paid", 3]);
    expect(made).toEqual(["add", "pay Ada"]);
  });

  it("tells the script when a person says no", async () => {
    const sandbox = await sandboxOf(isolation);
    made = [];
    const source = `let no; try { await SecureExec.bindings.pay("Ada") } catch (error) { no = [error.code, error.message] } export default no`;
    const journal = memoryJournal();
    await sandbox.run(source, { journal });
    const result = await sandbox.run(source, { journal, answer: { approved: false, reason: "too much" } });
    expect(exportsOf(result)).toEqual([
      "ERR_BINDING_APPROVAL",
      "pay was not called: it was not approved (too much).",
    ]);
    expect(made).toEqual([]);
  });

  it("waits in a sync call too, and lets other calls end first", async () => {
    const sandbox = await sandboxOf(isolation);
    made = [];
    const source = `const { late, payNow } = SecureExec.bindings; const other = late(1); const paid = payNow("Ada"); export default [paid, (await other).n]`;
    const journal = memoryJournal();
    expect((await sandbox.run(source, { journal })).status).toBe("suspended");
    expect(exportsOf(await sandbox.run(source, { journal, answer: { call: 1, approved: true } }))).toEqual([
      "paid",
      1,
    ]);
    expect(made).toEqual(["late 1", "pay Ada"]);
  });

  it("goes on with other work first, and says all that waits", async () => {
    const sandbox = await sandboxOf(isolation);
    const source = `const { pay, late, add } = SecureExec.bindings;
      const work = async () => { const { n } = await late(3); return add(n, (await late(2)).n) };
      export default await Promise.all([pay("a"), work(), pay("b")])`;
    const journal = memoryJournal();
    made = [];
    const first = await sandbox.run(source, { journal });
    expect(made.toSorted()).toEqual(["add", "late 2", "late 3"]);
    const calls = first.status === "suspended" ? first.waits.map(({ call }) => call) : [];
    expect(calls).toHaveLength(2);
    await expect(sandbox.run(source, { journal, answer: { approved: true } })).rejects.toMatchObject({
      code: "ERR_SANDBOX_OPTION",
    });
    const answers = calls.map((call) => ({ call, approved: true }));
    expect(exportsOf(await sandbox.run(source, { journal, answer: answers }))).toEqual(["paid", 5, "paid"]);
    expect(made).toHaveLength(5);
  });

  it("gives `suspend` its answers in the order it asks", async () => {
    const sandbox = await sandboxOf(isolation);
    const source = `export default await SecureExec.bindings.deliver("order 7")`;
    const journal = memoryJournal();
    expect(await sandbox.run(source, { journal })).toMatchObject({
      waits: [{ for: "suspend", reason: { order: "order 7", step: "sign" } }],
    });
    expect(await sandbox.run(source, { journal, answer: { value: { by: "Bob" } } })).toMatchObject({
      status: "suspended",
      waits: [{ for: "suspend", reason: { order: "order 7", step: "pay" } }],
    });
    expect(exportsOf(await sandbox.run(source, { journal, answer: { value: 12n } }))).toEqual(["Bob", 12n]);
  });

  it("takes one answer for each wait, no value for a yes, and no yes for a value", async () => {
    const sandbox = await sandboxOf(isolation);
    const source = `const { deliver, pay } = SecureExec.bindings; export default await Promise.all([deliver("order 7"), pay("Ada")])`;
    const journal = memoryJournal();
    made = [];
    await sandbox.run(source, { journal });
    for (const answer of [
      [
        { call: 0, value: { by: "Bob" } },
        { call: 0, value: 12n },
      ],
      { call: 1, value: true },
      { call: 1, approved: "yes" as never },
      { call: 0, approved: true },
      { call: 0, approved: false, value: { by: "Bob" } },
      { call: 0 },
    ]) {
      await expect(sandbox.run(source, { journal, answer })).rejects.toMatchObject({
        code: "ERR_SANDBOX_OPTION",
      });
    }
    expect(made).toEqual(["deliver"]);
    const answer = { call: 0, value: { by: "Bob" } };
    expect(await sandbox.run(source, { journal, answer })).toMatchObject({
      status: "suspended",
      waits: [{ call: 0, reason: { step: "pay" } }, { call: 1 }],
    });
  });

  it("is refused the call when whoever approves throws", async () => {
    const approve = (): boolean => fails();
    await using careless = await createSandbox({ registry, isolation, approve });
    made = [];
    const source = `const codes = []; for (const name of ["pay", "payNow"]) try { await SecureExec.bindings[name]("Ada") } catch (error) { codes.push(error.code) } export default codes`;
    expect(exportsOf((await careless.run(source)) as RunResult)).toEqual([
      "ERR_BINDING_APPROVAL",
      "ERR_BINDING_APPROVAL",
    ]);
    expect(made).toEqual([]);
  });

  it("is refused the call without a journal", async () => {
    const sandbox = await sandboxOf(isolation);
    made = [];
    const source = `const codes = []; for (const name of ["pay", "deliver"]) try { await SecureExec.bindings[name]() } catch (error) { codes.push(error.code) } export default codes`;
    expect(exportsOf(await sandbox.run(source))).toEqual(["ERR_JOURNAL_REQUIRED", "ERR_JOURNAL_REQUIRED"]);
    expect(made).toEqual(["deliver"]);
  });

  it("is told that the answer comes later, and not that nobody could be asked, when it was approved", async () => {
    const approved = registryOf({
      sign: { mode: "async", policy: { approval: true }, call: async () => suspend("a name") },
    });
    await using sandbox = await createSandbox({ registry: approved, isolation, approve: () => true });
    const result = await sandbox.run("await SecureExec.bindings.sign()");
    expect(result).toMatchObject({
      error: {
        code: "ERR_JOURNAL_REQUIRED",
        message:
          "sign was not carried out: its answer comes later than this run can wait; it has no journal to wait in.",
      },
    });
  });
});

it("knows a line of the console again in the other kind of isolation, whatever its letters are", async () => {
  said.length = 0;
  const source = `console.log("half \\ud800 and \\0"); export default await SecureExec.bindings.pay("Ada")`;
  const journal = memoryJournal();
  expect((await (await sandboxOf("none")).run(source, { journal })).status).toBe("suspended");
  const result = await (await sandboxOf("process")).run(source, { journal, answer: { approved: true } });
  expect(exportsOf(result)).toBe("paid");
  expect(said).toEqual(["half \ud800 and \0"]);
  // As an earlier version has written it.
  const entries = readLog(journal.bytes).entries.filter(([name]) => name === "run");
  const forged = forge([...entries, ["said", "log", "half \ud800 and \0"]]);
  expect((await (await sandboxOf("process")).run(source, { journal: forged })).status).toBe("suspended");
});

describe("a run across processes with more in flight than there is room for", () => {
  const source = `
    const { hold, note } = SecureExec.bindings;
    const bytes = new Uint8Array(3_900_000);
    const refused = ({ code }) => console.log(code);
    const all = Array.from({ length: 5 }, (_, n) => (n === 0 ? note("first") : hold(bytes)).catch(refused));
    export default await Promise.all([...all, hold(bytes).catch(refused)]);`;
  const limits = { memoryMb: 16 };

  it("is told, without a journal", async () => {
    const onConsole = ({ text }: { text: string }): void => {
      expect([text, gates.length]).toEqual(["ERR_BINDING_LIMIT", 4]);
      for (const go of gates) go();
    };
    await using sandbox = await createSandbox({ registry, limits, onConsole });
    gates = [];
    expect(exportsOf((await sandbox.run(source)) as RunResult)).toEqual([
      "first",
      ...Array.from({ length: 4 }, () => "held"),
      undefined,
    ]);
  });

  it("ends with a journal, which would not have it again", async () => {
    await using sandbox = await createSandbox({ registry, limits });
    gates = [];
    made = [];
    const journal = memoryJournal();
    const ended = (await sandbox.run(source, { journal })) as RunResult;
    expect([ended.status, errorOf(ended)]).toEqual(["error", "ERR_BINDING_LIMIT"]);
    expect(made.filter((name) => name === "hold")).toHaveLength(4);
    const again = (await sandbox.run(source, { journal })) as RunResult;
    expect(errorOf(again)).toBe("ERR_JOURNAL_IN_DOUBT");
  });
});

describe("a journal in memory", () => {
  it.each([
    ["itself", (journal: MemoryJournal): Journal => journal],
    ["behind another `append`", (journal: MemoryJournal): Journal => ({ ...journal })],
    [
      "with another `append`",
      (journal: MemoryJournal): Journal => {
        const { append } = journal;
        return Object.assign(journal, { append: (bytes: Uint8Array) => append(bytes, false) });
      },
    ],
  ])("has everything that has happened whenever somebody looks: %s", async (_how, wrap) => {
    const journal = memoryJournal();
    const seen: string[][] = [];
    const look = (): void => void seen.push(readLog(journal.bytes).entries.map(([name]) => name));
    await using sandbox = await createSandbox({ registry: { look }, isolation: "none" });
    const source = `SecureExec.bindings.look(); console.log("x"); Date.now(); SecureExec.bindings.look()`;
    expect((await sandbox.run(source, { journal: wrap(journal) })).status).toBe("ok");
    look();
    expect(seen).toEqual([
      ["run", "call"],
      ["run", "call", "done", "said", "saw", "call"],
      ["run", "call", "done", "said", "saw", "call", "done", "end"],
    ]);
  });

  it("appends what it holds back before that is much", async () => {
    const journal = memoryJournal();
    const sandbox = await sandboxOf("none");
    const source = `for (let i = 0; i < 700; i++) SecureExec.bindings.add(i, "x".repeat(100))`;
    await sandbox.run(source, { journal });
    const ends = boundaries(journal.bytes);
    const lengths = ends.map((end, at) => end - (ends[at - 1] ?? 0));
    expect(lengths.length).toBeGreaterThan(1);
    expect(Math.max(...lengths)).toBeLessThan(70_000);
  });
});

describe("time and chance of a run with a journal", () => {
  it("are those of the language in everything but where they come from", async () => {
    const sandbox = await sandboxOf("none");
    const source = `
      const date = new Date(2020, 1, 3);
      class Mine extends Date { twice() { return this.getTime() * 2 } }
      const format = new Intl.DateTimeFormat("en");
      const kept = new WeakRef({ a: 1 });
      const asked = Math.random();
      export default [
        Date.name, Date.length, Date.UTC(2020), Date.parse("2020-01-01"), typeof Date(), date.getMonth(), date.constructor === Date, date instanceof Date,
        new Mine(5).twice(), new Mine() instanceof Mine, Math.abs(new Date() - Date.now()) < 60_000, format.format === format.format,
        format.format(0), format.format() === format.format(Date.now()), format.formatToParts().length, kept.deref().a, kept instanceof WeakRef,
        asked >= 0 && asked < 1, Math.random.name, Object.prototype.toString.call(date), String(Date).includes("native code"),
        typeof Temporal === "undefined" || Math.abs(Temporal.Now.instant().epochMilliseconds - Date.now()) < 60_000,
        typeof Temporal === "undefined" || Temporal.Now.plainDateISO("UTC").equals(Temporal.Now.zonedDateTimeISO("UTC").toPlainDate()),
      ]`;
    const plain = exportsOf(await sandbox.run(source));
    expect(exportsOf(await sandbox.run(source, { journal: memoryJournal() }))).toEqual(plain);
  });

  it("stop a loop that does nothing but look", async () => {
    const sandbox = await sandboxOf("none");
    const result = await sandbox.run(`for (;;) Date.now()`, {
      journal: memoryJournal(),
      limits: { wallMs: 200 },
    });
    expect(result.status).toBe("timeout");
  });
});

describe("bytes that are no journal", () => {
  it("are refused by name, and an end that is cut short is none", async () => {
    const sandbox = await sandboxOf("none");
    const { journal, inner } = eager();
    const source = `export default SecureExec.bindings.add(1, 2)`;
    await sandbox.run(source, { journal });
    const { bytes } = inner;
    const changed = bytes.slice();
    changed[60]! ^= 1;
    await expect(sandbox.run(source, { journal: memoryJournal(changed) })).rejects.toMatchObject({
      code: "ERR_JOURNAL_DAMAGED",
    });
    const [, second] = boundaries(bytes);
    const without = Buffer.concat([bytes.slice(0, boundaries(bytes)[0]), bytes.slice(second)]);
    await expect(sandbox.run(source, { journal: memoryJournal(without) })).rejects.toMatchObject({
      code: "ERR_JOURNAL_DAMAGED",
    });
    // A file that somebody has named by mistake is neither one that is cut short, nor cut.
    const text = Buffer.from("# Notes\n\nNobody has written these for us.\n");
    const foreign = memoryJournal(text);
    await expect(sandbox.run(source, { journal: foreign })).rejects.toMatchObject({
      code: "ERR_JOURNAL_DAMAGED",
    });
    expect(Buffer.from(foreign.bytes)).toEqual(text);
    for (let cut = 0; cut < bytes.length; cut += 7) {
      const torn = memoryJournal(bytes.slice(0, cut));
      const result = await sandbox.run(source, { journal: torn, onDoubt: () => "repeat" });
      expect(exportsOf(result)).toBe(3);
      // What was cut off is gone, so that the next reader finds whole entries only.
      expect(() => readLog(torn.bytes)).not.toThrow();
    }
  });

  it("are refused where a group of entries is not whole: its calls would be made again", async () => {
    const sandbox = await sandboxOf("none");
    const journal = memoryJournal();
    const source = `const { add, payNow } = SecureExec.bindings; add(1, 2); payNow("Ada")`;
    expect((await sandbox.run(source, { journal })).status).toBe("suspended");
    const { bytes } = journal;
    expect(boundaries(bytes)).toHaveLength(1);
    made = [];
    for (let cut = 1; cut < bytes.length; cut += 3) {
      const broken = [bytes.slice(0, cut), bytes.slice()] as const;
      broken[1][cut]! ^= 1;
      for (const damaged of broken) {
        const run = sandbox.run(source, { journal: memoryJournal(damaged) });
        // Before the head of the record is there, nothing is.
        if (cut < 16) await run.catch(() => {});
        else await expect(run).rejects.toMatchObject({ code: "ERR_JOURNAL_DAMAGED" });
      }
      if (cut < 16) made = [];
    }
    expect(made).toEqual([]);
  });

  it("hold what a script saw of the time, however often it looked", async () => {
    const sandbox = await sandboxOf("none");
    const journal = memoryJournal();
    await sandbox.run("", { journal });
    const [head] = readLog(journal.bytes).entries;
    const looks = Array.from({ length: 200_000 }, () => 1);
    expect(errorOf(await sandbox.run("", { journal: forge([head!, ["saw", looks]]) }))).toBe("ok");
  });

  it("tell arguments apart by all of a SHA-256", async () => {
    const sandbox = await sandboxOf("none");
    const journal = memoryJournal();
    await sandbox.run("SecureExec.bindings.add(1, 2)", { journal });
    expect(digestOfCall(journal)).toMatch(/^[\da-f]{64}$/);
  });

  it.each([
    [{ journal: {} }, "journal"],
    [{ answer: { approved: true } }, "answer"],
    [{ onDoubt: () => "repeat" }, "onDoubt"],
    [{ journal: memoryJournal(), answer: { approved: true } }, "answer"],
  ])("options %j are refused", async (options, name) => {
    const sandbox = await sandboxOf("none");
    await expect(sandbox.run("", options as never)).rejects.toMatchObject({
      code: "ERR_SANDBOX_OPTION",
      message: expect.stringContaining(name) as string,
    });
  });
});

/** Where entries end. */
function boundaries(bytes: Uint8Array): number[] {
  const ends: number[] = [];
  const view = Buffer.from(bytes);
  for (let at = 0; at + 4 <= view.length; ends.push(at)) at += 4 + view.readUInt32LE(at) + 32;
  return ends;
}

/** Calls in a journal, and those of them that have no end. */
function told(bytes: Uint8Array): { calls: number; open: number } {
  const { entries } = readLog(bytes);
  const calls = entries.filter(([name]) => name === "call").length;
  return { calls, open: calls - entries.filter(([name]) => name === "done").length };
}

function digestOfCall(journal: { bytes: Uint8Array }): string {
  const call = readLog(journal.bytes).entries.find(([name]) => name === "call");
  return (call as readonly [string, number, string, string])[3];
}

function forge(entries: readonly Entry[]): Journal {
  const records = new Records(noHash, false);
  for (const entry of entries) records.add(entry);
  return memoryJournal(records.seal());
}

/** A journal that is told of each entry as it happens, as one that outlives its process is. */
function eager(): { readonly journal: Journal; readonly inner: MemoryJournal } {
  const inner = memoryJournal();
  const { read, append, truncate } = inner;
  return { journal: { read, append, truncate }, inner };
}

async function until(holds: () => boolean): Promise<void> {
  while (!holds()) await new Promise((done) => setImmediate(done));
}
