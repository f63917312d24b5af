/** Runs of the playground: what they are given beside host functions, what is told of them, and what they wait for. */
import { mkdtempSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, expect, it, vi } from "vitest";
import contract from "../../fixtures/valid/globals-contract/expected/contract.json" with { type: "json" };
import { createRuns, type Choice, type Runs } from "../../src/playground/run/runs.ts";
import { createQuestions } from "../../src/playground/run/questions.ts";
import type { CallWaits, RunEvent, WaitAnswer } from "../../src/playground/protocol.ts";
import { suspend } from "../../src/registry/suspend.ts";
import { mockGlobals, mockRegistry, replay } from "../../src/testing/index.ts";
import type { Registry } from "../../src/model/registry.ts";
import { registryOf } from "../queue/registry.ts";

let runs: Runs | null = null;
afterEach(() => runs?.dispose());

const mocks: Choice = { profile: null, answers: { kind: "mock", seed: 0 } };
const host: Choice = { profile: null, answers: { kind: "host" } };

interface Told {
  readonly events: readonly RunEvent[];
  readonly recording: string | null;
}

/** Runs a script; `say` answers what waits. */
async function eventsOf(
  registry: Registry,
  { profile, answers }: Choice,
  text: string,
  say: (wait: CallWaits, stop: () => void) => WaitAnswer | null = () => null,
): Promise<Told> {
  runs = createRuns({
    registryFor: async () => registry,
    globalsFor: async (_, of) => (of.globals === undefined ? undefined : mockGlobals(of)),
    limits: { calls: 3_000 },
    root: import.meta.dirname,
  });
  const events: RunEvent[] = [];
  const script = { name: "script.js", text };
  const controller = new AbortController();
  const questions = createQuestions(controller.signal);
  const recording = await runs.run(
    { id: "1", script, profile, answers, limits: {} },
    {
      signal: controller.signal,
      ask: questions.ask,
      emit(event) {
        events.push(event);
        if (event.kind !== "wait") return;
        // As over a wire: nobody answers before all of it was told.
        setImmediate(() => {
          const answer = say(event, () => controller.abort());
          if (answer !== null) questions.answer(answer);
        });
      },
    },
  );
  return { events, recording };
}

async function endOf(registry: Registry, choice: Choice, text: string): Promise<RunEvent> {
  return (await eventsOf(registry, choice, text)).events.at(-1)!;
}

const isAnswerOf =
  (call: number) =>
  (event: RunEvent): boolean =>
    event.kind === "answer" && event.call === call;

/** What of the events does not depend on time. */
function outline(events: readonly RunEvent[]): readonly unknown[] {
  return events.map((event) => {
    switch (event.kind) {
      case "call":
        return ["call", event.call, event.name, event.wait];
      case "answer":
        return ["answer", event.call, event.isError];
      case "refused":
        return ["refused", event.name, event.code, event.wait];
      case "wait":
        return ["wait", event.wait, event.name, event.for, event.call];
      case "told":
        return ["told", event.wait];
      case "console":
        return ["console", event.text];
      case "end":
        return ["end", event.status];
    }
  });
}

it("gives scripts the globals that the definition lists", async () => {
  const end = await endOf(
    mockRegistry(contract),
    mocks,
    "export default [typeof region, typeof rates.base];",
  );
  expect(end).toMatchObject({ kind: "end", status: "ok", exports: { default: ["string", "string"] } });
});

it("asks nobody about a call that no host function hears of", async () => {
  const pay = registryOf("sha256-1", {
    pay: { mode: "sync", policy: { approval: true }, call: () => "paid" },
  });
  const script = "export default SecureExec.bindings.pay();";
  expect(await endOf(pay, mocks, script)).toMatchObject({ status: "ok" });
});

it("asks whoever is at the page about each call that needs it, and goes on with what they say", async () => {
  let paid = 0;
  const registry = registryOf("sha256-1", {
    note: { mode: "sync", call: () => "noted" },
    pay: { mode: "sync", policy: { approval: true }, call: () => ++paid },
    send: { mode: "async", policy: { approval: true }, call: async (to: string) => `sent to ${to}` },
  });
  const script = `const { note, pay, send } = SecureExec.bindings;
    console.log(note());
    pay(5);
    const all = await Promise.allSettled([send("Ada"), send("Grace")]);
    export default all.map(({ value, reason }) => value ?? [reason.code, reason.message]);`;
  const { events, recording } = await eventsOf(registry, host, script, ({ wait, args }) =>
    "value" in args && JSON.stringify(args.value) === '["Grace"]'
      ? { wait, approved: false, reason: "not today" }
      : { wait, approved: true, reason: "" },
  );
  // Of two calls that go on, either may be first.
  const [done, no] = [events.findIndex(isAnswerOf(3)), events.findIndex(({ kind }) => kind === "refused")];
  const ordered = done < no ? events.with(done, events[no]!).with(no, events[done]!) : events;
  expect(outline(ordered)).toEqual([
    ["call", 1, "note", undefined],
    ["answer", 1, false],
    ["console", "noted"],
    ["wait", 1, "pay", "approval", undefined],
    ["told", 1],
    ["call", 2, "pay", 1],
    ["answer", 2, false],
    ["wait", 2, "send", "approval", undefined],
    ["wait", 3, "send", "approval", undefined],
    ["told", 2],
    ["told", 3],
    ["call", 3, "send", 2],
    ["refused", "send", "ERR_BINDING_APPROVAL", 3],
    ["answer", 3, false],
    ["end", "ok"],
  ]);
  const denied = ["ERR_BINDING_APPROVAL", "send was not called: it was not approved (not today)."];
  expect(events.at(-1)).toMatchObject({ exports: { default: ["sent to Ada", denied] } });
  expect(paid, "what was done before the run waited is not done again").toBe(1);

  // Whoever opens the recording sees the same, though nobody is asked.
  const file = join(mkdtempSync(join(tmpdir(), "isobind-runs-")), "calls.jsonl");
  writeFileSync(file, recording!);
  await runs?.dispose();
  const replayed = await eventsOf(
    replay(file),
    { ...mocks, answers: { kind: "recording", text: "" } },
    script,
  );
  expect(replayed.events.at(-1)).toMatchObject({ exports: { default: ["sent to Ada", denied] } });
});

it("shows whole what somebody has to say yes to, whatever a script has put before it", async () => {
  const pay = registryOf("sha256-1", {
    pay: { mode: "async", policy: { approval: true }, call: async () => "paid" },
  });
  const script = `await SecureExec.bindings.pay({ note: "x".repeat(200_000), to: "Mallory" });`;
  let to: unknown;
  await eventsOf(pay, host, script, ({ wait, args }) => {
    to = "value" in args && (args.value as { to: string }[])[0]?.to;
    return { wait, approved: false, reason: "" };
  });
  expect(to).toBe("Mallory");
});

it("gives a host function that waits what somebody at the page answers", async () => {
  const registry = registryOf("sha256-1", {
    sign: { mode: "async", call: async (what: string) => [what, suspend({ waitsFor: "a signature" })] },
  });
  const script = `export default await SecureExec.bindings.sign("order 7");`;
  const { events } = await eventsOf(registry, host, script, ({ wait, reason }) => {
    expect(reason).toEqual({ value: { waitsFor: "a signature" } });
    return { wait, value: { $type: "bigint", value: "12" } };
  });
  expect(outline(events)).toEqual([
    ["call", 1, "sign", undefined],
    ["wait", 1, "sign", "suspend", 1],
    ["told", 1],
    ["call", 2, "sign", 1],
    ["answer", 2, false],
    ["end", "ok"],
  ]);
  expect(events.at(-1)).toMatchObject({
    exports: { default: ["order 7", { $type: "bigint", value: "12" }] },
  });
});

it("takes no answer to the first question of a call for one to its second", async () => {
  const registry = registryOf("sha256-1", {
    sign: { mode: "async", call: async () => [suspend("name"), suspend("date")] },
  });
  const controller = new AbortController();
  const questions = createQuestions(controller.signal);
  runs = createRuns({
    registryFor: async () => registry,
    globalsFor: async () => undefined,
    limits: {},
    root: import.meta.dirname,
  });
  const asked: unknown[] = [];
  let end: RunEvent | undefined;
  const script = { name: "script.js", text: "export default await SecureExec.bindings.sign();" };
  await runs.run(
    { id: "1", script, profile: null, answers: { kind: "host" }, limits: {} },
    {
      signal: controller.signal,
      ask: questions.ask,
      emit(event) {
        end = event;
        if (event.kind !== "wait") return;
        asked.push(event.reason);
        // Whoever answers the first twice, as a page does that is told late, has not answered the second.
        setImmediate(() => {
          questions.answer({ wait: 1, value: "Ada" });
          if (asked.length === 2) setImmediate(() => questions.answer({ wait: event.wait, value: "today" }));
        });
      },
    },
  );
  expect(asked).toEqual([{ value: "name" }, { value: "date" }]);
  expect(end).toMatchObject({ status: "ok", exports: { default: ["Ada", "today"] } });
});

it("ends a run that waits when it is stopped, and calls nothing", async () => {
  const call = vi.fn();
  const registry = registryOf("sha256-1", { pay: { mode: "sync", policy: { approval: true }, call } });
  const { events } = await eventsOf(registry, host, "SecureExec.bindings.pay();", (_, stop) => {
    stop();
    return null;
  });
  expect(outline(events)).toEqual([
    ["wait", 1, "pay", "approval", undefined],
    ["end", "aborted"],
  ]);
  expect(call).not.toHaveBeenCalled();
});

it("tells of the call a script has ended with, also when it never left the isolate", async () => {
  const take = { mode: "sync", call: () => 1 } as const;
  const registry: Registry = {
    ...registryOf("sha256-1", { take }),
    excluded: [
      { path: ["drop"], mode: "sync", message: "`drop` is not in the profile `pro`; it is in `admin`." },
    ],
  };
  const refusedOf = async (script: string) => {
    const { events } = await eventsOf(registry, host, script);
    await runs?.dispose();
    return events.filter((event) => event.kind === "refused");
  };
  expect(await refusedOf("SecureExec.bindings.take({ on: () => {} });")).toMatchObject([
    { name: "take", code: "ERR_BINDING_NOT_CLONABLE", args: null },
  ]);
  expect(await refusedOf("SecureExec.bindings.drop(1);")).toMatchObject([
    { name: "drop", code: "ERR_BINDING_PROFILE" },
  ]);
  expect(await refusedOf("SecureExec.bindings.tke(1);")).toMatchObject([
    { name: "tke", code: "TypeError", message: expect.stringContaining("Did you mean") as string },
  ]);
  expect(await refusedOf("throw new Error('mine');")).toEqual([]);
});

it("tells of calls that are refused, and of so many that a page can show", async () => {
  const registry = registryOf("sha256-1", { free: { mode: "sync", call: () => 1 } });
  const script = `for (let call = 0; call < 6_000; call++) try { SecureExec.bindings.free(call); } catch {}`;
  // Without a journal: one ends the run after a thousand.
  const { events } = await eventsOf(registry, mocks, script);
  const refused = events.filter((event) => event.kind === "refused");
  expect(refused).toHaveLength(2_000);
  expect(refused[0]).toMatchObject({ name: "free", args: { value: [3_000] }, code: "ERR_BINDING_LIMIT" });
  expect(events.at(-1)).toMatchObject({ status: "ok", refused: 3_000 });
});
