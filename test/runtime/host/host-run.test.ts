import { createHook } from "node:async_hooks";
import { afterEach, beforeEach, describe, expect, it, onTestFinished, vi } from "vitest";
import { callContext } from "../../../src/registry/call-context.ts";
import type { Shape } from "../../../src/model/shape.ts";
import type { RegistryLeaf } from "../../../src/model/registry.ts";
import { format } from "../../../src/runtime/crossing/format.ts";
import { MalformedValue, type Message } from "../../../src/runtime/crossing/message.ts";
import { runId } from "../../../src/runtime/host/run-id.ts";
import { createHostRun, type HostRunOptions, type OwnedHostRun } from "../../../src/runtime/host/host-run.ts";
import type { Reply } from "../../../src/runtime/seam.ts";
import { messageOf, opened } from "../support/values.ts";
import { plain, registryOf, typed } from "./leaf.ts";

type Overrides = Partial<Omit<HostRunOptions, "registry">>;

function hostRun(leaves: readonly RegistryLeaf[], overrides: Overrides = {}): OwnedHostRun {
  return createHostRun({
    id: runId("run-1"),
    registry: registryOf(...leaves),
    limits: { payloadBytes: 1_000_000, calls: 1_000, concurrency: 100, consoleBytes: 1_000 },
    signal: new AbortController().signal,
    hooks: {},
    errors: "show",
    validateResults: "error",
    ...overrides,
  });
}

function message(...args: unknown[]): Message {
  return messageOf(args);
}

function valueOf(reply: Reply): unknown {
  if (reply.kind !== "value") throw new Error(`not a value: ${JSON.stringify(reply)}`);
  return opened(reply.value);
}

/** What a script can see of an error. */
interface Seen {
  readonly class: string;
  readonly name?: string;
  readonly message: string;
  readonly code?: string;
  readonly cause?: unknown;
  readonly errors?: readonly unknown[];
  readonly data?: Readonly<Record<string, unknown>>;
}

function errorOf(reply: Reply): Seen {
  if (reply.kind !== "error") throw new Error(`not an error: ${JSON.stringify(reply)}`);
  return seen(opened(reply.error)) as Seen;
}

/** An error as data; other values as they are. Parts that did not cross are absent. */
function seen(value: unknown, above: readonly unknown[] = []): unknown {
  if (!(value instanceof Error)) return value;
  if (above.includes(value)) return "again";
  const { name, message, code, cause, errors } = value as Error & { code?: unknown; errors?: unknown[] };
  const from = Object.getPrototypeOf(value) as Error;
  const below = (inner: unknown): unknown => seen(inner, [...above, value]);
  const data = Object.entries(value).filter(([key, own]) => key !== "code" || typeof own !== "string");
  return {
    class: from.name,
    ...(name !== from.name && { name }),
    message,
    ...(typeof code === "string" && { code }),
    ...(Object.hasOwn(value, "cause") && { cause: below(cause) }),
    ...(errors !== undefined && { errors: errors.map(below) }),
    ...(data.length > 0 && { data: Object.fromEntries(data.map(([key, own]) => [key, below(own)])) }),
  };
}

function countErrors({ errors = [], cause }: Seen): number {
  return [...errors, ...(cause === undefined ? [] : [cause])]
    .map((error) => countErrors(error as Seen))
    .reduce((sum, count) => sum + count, 1);
}

const unhandled = vi.fn();
beforeEach(() => {
  unhandled.mockClear();
  process.on("unhandledRejection", unhandled);
});
afterEach(async () => {
  await new Promise((resolve) => setTimeout(resolve, 5));
  process.off("unhandledRejection", unhandled);
  expect(unhandled).not.toHaveBeenCalled();
});

describe("a call", () => {
  it("answers with ERR_BINDING_FAILED when the bridge itself breaks, and tells the host alone why", async () => {
    const broken = (): never => {
      throw new Error("the bridge at /srv/app is down");
    };
    const heard: unknown[] = [];
    const run = hostRun(
      [
        typed("later", async () => 1, { mode: "async", acceptsResult: broken }),
        typed("now", () => 1, { acceptsResult: broken }),
        typed("neither", async () => 1, { mode: "async", accepts: broken }),
      ],
      { hooks: { onError: ({ id, error }) => heard.push(id, (error as Error).message) } },
    );
    for (const leaf of [0, 1, 2]) {
      const error = errorOf(await run.call(1, leaf, message()));
      expect(error).toMatchObject({ class: "Error", code: "ERR_BINDING_FAILED" });
      expect(error.message).not.toContain("bridge");
      expect(heard.splice(0)).toEqual([error.data?.["id"], "the bridge at /srv/app is down"]);
    }
    expect(run.usage.calls).toBe(3);
  });

  it("tells of each call whose function is not called, with its arguments", async () => {
    const onRefused = vi.fn();
    const run = hostRun(
      [
        typed("typed", () => 1, { accepts: () => false }),
        typed("asked", () => 1, { policy: { approval: true } }),
        typed("denied", async () => 1, { mode: "async", policy: { approval: true } }),
        typed("free", () => 1),
      ],
      {
        limits: { payloadBytes: 1_000, calls: 3, concurrency: 9, consoleBytes: 0 },
        hooks: { onRefused },
      },
    );
    for (const leaf of [0, 1, 2, 3]) await run.call(1, leaf, ["a", leaf]);
    expect(onRefused.mock.calls.map(([{ name, code, args }]) => [name, code, args])).toEqual([
      ["typed", "ERR_BINDING_INVALID_ARGUMENT", ["a", 0]],
      ["asked", "ERR_JOURNAL_REQUIRED", ["a", 1]],
      ["denied", "ERR_JOURNAL_REQUIRED", ["a", 2]],
      ["free", "ERR_BINDING_LIMIT", ["a", 3]],
    ]);

    const heard = vi.fn();
    const asking = hostRun(
      [
        typed("now", () => 1, { policy: { approval: true } }),
        typed("later", async () => 1, { mode: "async", policy: { approval: true } }),
      ],
      { hooks: { approve: () => false, onRefused: heard } },
    );
    for (const leaf of [0, 1]) await asking.call(1, leaf, [leaf]);
    expect(heard.mock.calls.map(([{ name, code, args }]) => [name, code, args])).toEqual([
      ["now", "ERR_BINDING_APPROVAL", [0]],
      ["later", "ERR_BINDING_APPROVAL", [1]],
    ]);
  });

  it("answers a sync leaf at once and an async leaf later", async () => {
    const run = hostRun([
      typed("add", (a: number, b: number) => a + b),
      typed("later", async (a: number) => a * 2, { mode: "async" }),
      plain("either", (wait: boolean) => (wait ? Promise.resolve("later") : "now")),
    ]);
    expect(valueOf(run.call(1, 0, message(1, 2)) as Reply)).toBe(3);
    const later = run.call(2, 1, message(4));
    expect(later).toBeInstanceOf(Promise);
    expect(valueOf(await later)).toBe(8);
    expect(run.call(3, 2, message(false))).not.toBeInstanceOf(Promise);
    expect(valueOf(await run.call(4, 2, message(true)))).toBe("later");
    expect(run.usage.calls).toBe(4);
  });

  it.each([-1, 99, 0.5, NaN, "0", "push", null, undefined, {}])("refuses leaf %s", (index) => {
    const run = hostRun([plain("a", () => 1)]);
    expect(errorOf(run.call(1, index as number, message()) as Reply).code).toBe("ERR_BINDING_FAILED");
  });

  it.each<[string, Partial<Message>]>([
    ["nothing", { to: 0 }],
    ["an unknown tag", { words: Int32Array.of((7 << 4) | format.tag.rare), to: 1 }],
    ["a list without its element", { words: Int32Array.of((1 << 4) | format.tag.array), to: 1 }],
    ["letters that nobody asked for", { text: "more" }],
    ["bytes that nobody asked for", { bytes: [new Uint8Array(1)] }],
  ])("throws MalformedValue for arguments of %s, without calling", (_name, changed) => {
    const call = vi.fn();
    const run = hostRun([plain("a", call)]);
    const words = Int32Array.of((0 << 4) | format.tag.array);
    const good = { words, from: 0, to: 1, text: "", isWide: false, bytes: [], ownsBytes: true };
    expect(() => run.call(1, 0, { ...good, ...changed })).toThrow(MalformedValue);
    expect(call).not.toHaveBeenCalled();
    expect(run.call(1, 0, good)).toMatchObject({ kind: "value" });
  });

  it.each([5, "abc", null, { 0: 1, length: 1 }, new Map(), new Uint8Array(2)])(
    "refuses arguments that are no list without calling: %j",
    (args) => {
      const call = vi.fn();
      const run = hostRun([plain("a", call)]);
      expect(errorOf(run.call(1, 0, messageOf(args)) as Reply).code).toBe("ERR_BINDING_FAILED");
      expect(call).not.toHaveBeenCalled();
    },
  );

  it("takes few primitives as they are, under the limit of its payload", () => {
    const run = hostRun([plain("join", (...args: unknown[]) => args.join()), typed("small", () => 1, { policy: { maxPayloadBytes: 1024 } })]); // prettier-ignore
    expect(valueOf(run.call(1, 0, [1, "a", true, null]) as Reply)).toBe("1,a,true,");
    expect(valueOf(run.call(2, 1, ["x".repeat(900)]) as Reply)).toBe(1);
    const refused = errorOf(run.call(3, 1, ["x".repeat(1000)]) as Reply);
    expect(refused).toMatchObject({ class: "RangeError", code: "ERR_SANDBOX_PAYLOAD_TOO_LARGE" });
    const { value, object } = format.price;
    expect(run.usage.argumentBytes).toBe(object + 4 * value + 1 + object + value + 900);
  });

  it("refuses an array of as many holes as can be claimed without walking it", () => {
    const most = 2 ** 28 - 1;
    const words = Int32Array.of((most << 4) | format.tag.array, (most << 4) | format.tag.missing);
    const holes = { words, from: 0, to: 2, text: "", isWide: false, bytes: [], ownsBytes: true };
    const before = process.cpuUsage();
    const reply = hostRun([plain("a", () => 1)]).call(1, 0, holes);
    expect(errorOf(reply as Reply).code).toBe("ERR_SANDBOX_PAYLOAD_TOO_LARGE");
    const { user, system } = process.cpuUsage(before);
    expect((user + system) / 1_000).toBeLessThan(1_000);
  });

  it("drops what `void` functions happen to return", () => {
    const run = hostRun([typed("set", () => new Map([[{}, () => {}]]), { result: { kind: "void" } })]);
    expect(valueOf(run.call(1, 0, message()) as Reply)).toBe(undefined);
  });
});

describe("validation", () => {
  it("does not call the function for arguments its contract refuses", () => {
    const call = vi.fn();
    const run = hostRun([
      typed("greet", call, {
        accepts: (args) => typeof args[0] === "string" && args.length === 1,
        parameters: [{ name: "name", shape: { kind: "string" }, quantity: "one" }],
      }),
    ]);
    const error = errorOf(run.call(1, 0, message(7)) as Reply);
    expect(error).toMatchObject({
      class: "TypeError",
      code: "ERR_BINDING_INVALID_ARGUMENT",
      data: { binding: "greet", expected: "string", received: expect.stringContaining("7") },
    });
    expect(error.data).toHaveProperty("argument");
    expect(error.data).toHaveProperty("path");
    expect(call).not.toHaveBeenCalled();
  });

  it("holds results to the contract unless told not to", () => {
    const leaf = typed("n", () => "text", {
      result: { kind: "number" },
      acceptsResult: (value) => typeof value === "number",
    });
    const onError = vi.fn();
    const strict = errorOf(hostRun([leaf], { hooks: { onError } }).call(1, 0, message()) as Reply);
    expect(strict).toMatchObject({ class: "TypeError", code: "ERR_BINDING_INVALID_RESULT" });
    expect(onError).toHaveBeenCalledWith(expect.objectContaining({ code: "ERR_BINDING_INVALID_RESULT" }));
    expect(valueOf(hostRun([leaf], { validateResults: "off" }).call(1, 0, message()) as Reply)).toBe("text");
  });

  describe.each(["off", "error"] as const)("with validateResults: %j", (validateResults) => {
    const user: Shape = {
      kind: "object",
      properties: [{ name: "id", shape: { kind: "number" }, optional: false, readonly: false }],
      index: [],
    };
    const acceptsResult = (value: unknown): boolean =>
      typeof value === "object" && value !== null && Object.keys(value).join() === "id" && typeof (value as { id: unknown }).id === "number"; // prettier-ignore

    it("gives of a result what its type declares, and never touches the host's object", () => {
      const row = Object.freeze({ id: 1, passwordHash: "x", close: () => {}, mark: Symbol("x") });
      const run = hostRun([typed("a", () => row, { result: user, acceptsResult })], { validateResults });
      expect(valueOf(run.call(1, 0, message()) as Reply)).toEqual({ id: 1 });
      expect(Object.keys(row)).toEqual(["id", "passwordHash", "close", "mark"]);
      // What does not cross is not counted.
      expect(run.usage.resultBytes).toBe(24 + 160 + "id".length + 8);
    });

    it("gives nothing of a value of another kind", () => {
      const onError = vi.fn();
      const leaf = typed("a", () => ["secret"], { result: user, acceptsResult });
      const reply = hostRun([leaf], { validateResults, hooks: { onError } }).call(1, 0, message()) as Reply;
      if (validateResults === "off") return expect(valueOf(reply)).toEqual([]);
      expect(errorOf(reply).code).toBe("ERR_BINDING_INVALID_RESULT");
      expect(JSON.stringify(errorOf(reply))).not.toContain("secret");
      // The host is told what it was.
      const { error } = onError.mock.lastCall![0] as { error: Error };
      expect(error.message).toBe("a, result: expected an object, got an array of 1");
    });

    it("gives up what is too large or nested too deep, and what throws, with their codes", () => {
      const huge: unknown[] = [];
      huge.length = 2 ** 32 - 1;
      let deep: object = {};
      for (let level = 0; level < 1_000; level++) deep = { self: deep };
      const users: Shape = { kind: "array", element: user, readonly: false };
      const node: Shape = {
        kind: "object",
        properties: [{ name: "self", shape: { kind: "reference", name: "Node", typeArguments: [] }, optional: true, readonly: false }], // prettier-ignore
        index: [],
      };
      const registry = {
        ...registryOf(
          typed("huge", () => huge, { result: users }),
          typed("deep", () => deep, { result: node }),
          typed("throws", () => ({ get id(): never { throw new Error("mine"); } }), { result: user }), // prettier-ignore
        ),
        declarations: [{ name: "Node", kind: "interface" as const, typeParameters: [], shape: node }],
      };
      const run = createHostRun({
        id: runId("run-1"),
        registry,
        limits: { payloadBytes: 1_000_000, calls: 1_000, concurrency: 100, consoleBytes: 1_000 },
        signal: new AbortController().signal,
        hooks: {},
        errors: "show",
        validateResults,
      });
      const codes = [0, 1, 2].map((at) => errorOf(run.call(1, at, message()) as Reply));
      expect(codes.map(({ code, message }) => code ?? message)).toEqual([
        "ERR_SANDBOX_PAYLOAD_TOO_LARGE",
        "ERR_BINDING_NOT_CLONABLE",
        "mine",
      ]);
    });
  });

  it("survives a validator that throws", () => {
    const leaf = typed("n", () => 1, {
      accepts: () => {
        throw new Error("ours");
      },
    });
    expect(errorOf(hostRun([leaf]).call(1, 0, message()) as Reply).code).toBe("ERR_BINDING_FAILED");
  });
});

describe("mode", () => {
  it("refuses a promise of a sync leaf and swallows its rejection", () => {
    const run = hostRun([typed("s", () => Promise.reject(new Error("later")))]);
    expect(errorOf(run.call(1, 0, message()) as Reply)).toMatchObject({
      class: "TypeError",
      code: "ERR_BINDING_MODE",
      data: { binding: "s" },
    });
  });

  it("does not start a lazy thenable of a sync leaf", () => {
    const then = vi.fn();
    const run = hostRun([typed("s", () => ({ then }))]);
    expect(errorOf(run.call(1, 0, message()) as Reply).code).toBe("ERR_BINDING_MODE");
    expect(then).not.toHaveBeenCalled();
  });

  it("follows thenables of async leaves, hostile ones too", async () => {
    const run = hostRun([
      typed("lazy", () => ({ then: (resolve: (value: number) => void) => resolve(5) }), { mode: "async" }),
      typed("getter", () => ({ get then(): never { throw new Error("no then"); } }), { mode: "async" }), // prettier-ignore
      typed("throws", () => ({ then: () => { throw new Error("in then"); } }), { mode: "async" }), // prettier-ignore
      typed("twice", () => ({ then: (y: (v: number) => void, n: (e: Error) => void) => { y(1); n(new Error()); y(2); } }), { mode: "async" }), // prettier-ignore
      typed("value", () => 3, { mode: "async" }),
      typed("proxy", () => new Proxy({}, { getOwnPropertyDescriptor() { throw new Error("trap"); }, getPrototypeOf() { throw new Error("trap"); } }), { mode: "async" }), // prettier-ignore
    ]);
    expect(valueOf(await run.call(1, 0, message()))).toBe(5);
    expect(errorOf(await run.call(2, 1, message())).message).toBe("no then");
    expect(errorOf(await run.call(3, 2, message())).message).toBe("in then");
    expect(valueOf(await run.call(4, 3, message()))).toBe(1);
    expect(valueOf(await run.call(5, 4, message()))).toBe(3);
    expect(await run.call(6, 5, message())).toHaveProperty("kind");
  });
});

describe("limits", () => {
  it("counts calls per run and per binding", () => {
    const run = hostRun([typed("a", () => 1, { policy: { maxCalls: 2 } }), plain("b", () => 1)], {
      limits: { payloadBytes: 1e6, calls: 5, concurrency: 5, consoleBytes: 10 },
    });
    expect(run.call(1, 0, message())).toMatchObject({ kind: "value" });
    expect(run.call(2, 0, message())).toMatchObject({ kind: "value" });
    expect(errorOf(run.call(3, 0, message()) as Reply)).toMatchObject({
      class: "RangeError",
      code: "ERR_BINDING_LIMIT",
      data: { binding: "a", limit: "maxCalls", max: 2 },
    });
    void run.call(4, 1, message());
    void run.call(5, 1, message());
    expect(errorOf(run.call(6, 1, message()) as Reply).data).toMatchObject({ limit: "calls", max: 5 });
  });

  it("takes no @maxCalls for a call that is refused before the function sees it", async () => {
    const called = vi.fn();
    let release: () => void = () => {};
    const wait = (): Promise<void> => (called(), new Promise((resolve) => (release = resolve)));
    const policy = { maxCalls: 2, maxConcurrency: 1, maxPayloadBytes: 100 };
    const accepts = ([first]: readonly unknown[]): boolean => typeof first === "string";
    const leaf = typed("a", wait, { mode: "async", policy, accepts });
    const run = hostRun([leaf], {
      limits: { payloadBytes: 1e6, calls: 9, concurrency: 5, consoleBytes: 10 },
    });
    const refused = async (args: Message): Promise<string | undefined> =>
      errorOf(await run.call(1, 0, args)).code;
    expect(await refused(message(5))).toBe("ERR_BINDING_INVALID_ARGUMENT");
    expect(await refused(message("x".repeat(200)))).toBe("ERR_SANDBOX_PAYLOAD_TOO_LARGE");
    expect(await refused(messageOf("no list"))).toBe("ERR_BINDING_FAILED");
    const first = run.call(1, 0, message("x"));
    expect(await refused(message("too many at once"))).toBe("ERR_BINDING_LIMIT");
    release();
    await first;
    const second = run.call(1, 0, message("x"));
    release();
    await second;
    expect(called).toHaveBeenCalledTimes(2);
    expect(errorOf(await run.call(1, 0, message("x"))).data).toMatchObject({ limit: "maxCalls" });
    // Against `calls` they all count: refusing is work too.
    expect(run.usage.calls).toBe(7);
    void run.call(1, 0, message(5));
    void run.call(1, 0, message(5));
    expect(errorOf(await run.call(1, 0, message(5))).data).toMatchObject({ limit: "calls" });
  });

  it("counts calls in flight per run and per binding, and frees them", async () => {
    const releases: (() => void)[] = [];
    const wait = (): Promise<void> => new Promise((resolve) => releases.push(resolve));
    const run = hostRun(
      [typed("a", wait, { mode: "async", policy: { maxConcurrency: 1 } }), plain("b", wait)],
      {
        limits: { payloadBytes: 1e6, calls: 100, concurrency: 2, consoleBytes: 10 },
      },
    );
    const first = run.call(1, 0, message());
    expect(errorOf(run.call(2, 0, message()) as Reply).data).toMatchObject({ limit: "maxConcurrency" });
    void run.call(3, 1, message());
    expect(errorOf(run.call(4, 1, message()) as Reply).data).toMatchObject({ limit: "concurrency", max: 2 });
    releases[0]!();
    await first;
    expect(run.call(5, 0, message())).toBeInstanceOf(Promise);
  });

  it("refuses a result over the payload limit, and over the binding's own", () => {
    const run = hostRun([
      typed("big", () => "x".repeat(2_000_000)),
      typed("own", () => "x".repeat(2_000), { policy: { maxPayloadBytes: 1_024 } }),
    ]);
    for (const index of [0, 1]) {
      expect(errorOf(run.call(1, index, message()) as Reply).code).toBe("ERR_SANDBOX_PAYLOAD_TOO_LARGE");
    }
  });

  it("times a binding out, fires its signal and drops the late answer", async () => {
    let signal: AbortSignal | undefined;
    let finish: (() => void) | undefined;
    const leaf = typed(
      "slow",
      () => {
        ({ signal } = callContext());
        return new Promise<void>((resolve) => (finish = resolve));
      },
      { mode: "async", policy: { timeoutMs: 20 } },
    );
    const run = hostRun([leaf]);
    const error = errorOf(await run.call(1, 0, message()));
    expect(error).toMatchObject({ code: "ERR_BINDING_TIMEOUT", data: { binding: "slow", timeoutMs: 20 } });
    expect(signal?.aborted).toBe(true);
    expect((signal?.reason as Error).name).toBe("TimeoutError");
    finish?.();
  });

  it("leaves no timer behind, whether the answer, the timeout or the end of the run came first", async () => {
    const policy = { timeoutMs: 54_321 };
    // Those of the policy alone: whatever runs the tests has timers of its own.
    const made: { readonly _destroyed: boolean }[] = [];
    const hook = createHook({
      init(_id, type, _trigger, resource) {
        if (type === "Timeout" && (resource as { _idleTimeout?: number })._idleTimeout === policy.timeoutMs)
          made.push(resource as { _destroyed: boolean });
      },
    }).enable();
    onTestFinished(() => void hook.disable());
    const timers = (): number => made.filter(({ _destroyed }) => !_destroyed).length;
    const run = hostRun([
      typed("quick", async () => 1, { mode: "async", policy }),
      typed("hang", () => new Promise(() => {}), { mode: "async", policy }),
    ]);
    await run.call(1, 0, message());
    expect([made.length, timers()]).toEqual([1, 0]);
    void run.call(2, 1, message());
    expect([made.length, timers()]).toEqual([2, 1]);
    run.end(() => null);
    expect(timers()).toBe(0);
  });

  it("holds a sync binding to its timeout once it is back", () => {
    const leaf = typed("busy", () => Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 30), {
      policy: { timeoutMs: 5 },
    });
    expect(errorOf(hostRun([leaf]).call(1, 0, message()) as Reply).code).toBe("ERR_BINDING_TIMEOUT");
  });
});

describe("errors of host functions", () => {
  class NotFoundError extends RangeError {
    override readonly name = "NotFoundError";
    readonly code = "E_NOT_FOUND";
    readonly table = "users";
    readonly secret = "hunter2";
  }
  const throwing = (error: unknown, mode: "sync" | "async" = "sync"): RegistryLeaf =>
    typed("db.query", mode === "sync" ? () => { throw error; } : async () => { throw error; }, { mode }); // prettier-ignore
  const reported = (error: unknown, overrides: Overrides = {}): Seen =>
    errorOf(hostRun([throwing(error)], overrides).call(1, 0, message()) as Reply);

  it("keeps class, name, message, code and cause, and nothing undeclared", () => {
    const error = new NotFoundError("no row", { cause: new TypeError("inner", { cause: { why: [1] } }) });
    expect(reported(error)).toEqual({
      class: "RangeError",
      name: "NotFoundError",
      message: "no row",
      code: "E_NOT_FOUND",
      cause: { class: "TypeError", message: "inner", cause: { why: [1] } },
    });
  });

  it("adds the data its `@throws` type declares", () => {
    const leaf = typed(
      "q",
      () => {
        throw new NotFoundError("no row");
      },
      {
        // prettier-ignore
        throws: [
        {
          name: "NotFoundError",
          description: "",
          shape: {
            kind: "error",
            name: "RangeError",
            properties: [{ name: "table", shape: { kind: "string" }, optional: false, readonly: false }],
          },
        },
      ],
      },
    );
    const onError = vi.fn();
    const error = errorOf(
      hostRun([leaf], { errors: "mask", hooks: { onError } }).call(1, 0, message()) as Reply,
    );
    expect(error).toMatchObject({ name: "NotFoundError", message: "no row", data: { table: "users" } });
    expect(error.data).not.toHaveProperty("secret");
    expect(onError).not.toHaveBeenCalled();
  });

  it("gives of that data what its type declares", () => {
    const details: Shape = {
      kind: "object",
      properties: [{ name: "field", shape: { kind: "string" }, optional: false, readonly: false }],
      index: [],
    };
    const properties = [{ name: "details", shape: details, optional: false, readonly: false }];
    const throws = [
      { name: "BadError", description: "", shape: { kind: "error", name: "Error", properties } },
    ] as const;
    class BadError extends Error {
      details = { field: "name", query: "select secret" };
    }
    const leaf = typed("q", () => { throw new BadError("bad"); }, { throws }); // prettier-ignore
    const error = errorOf(hostRun([leaf]).call(1, 0, message()) as Reply);
    expect(error.data).toEqual({ details: { field: "name" } });
  });

  it("names a declared class that forgot to name itself, and takes the nearest declared one", () => {
    class AppError extends Error {}
    class MissingError extends AppError {}
    const shape = { kind: "error", name: "Error", properties: [] } as const;
    const throws = [
      { name: "AppError", description: "", shape },
      { name: "MissingError", description: "", shape },
    ];
    const leaf = typed("q", () => { throw new MissingError("gone"); }, { throws }); // prettier-ignore
    expect(errorOf(hostRun([leaf], { errors: "mask" }).call(1, 0, message()) as Reply)).toEqual({
      class: "Error",
      name: "MissingError",
      message: "gone",
    });
  });

  it("keeps the place of a timed-out call taken until its function has settled", async () => {
    let finish = (): void => {};
    const leaf = typed("one", () => new Promise<void>((resolve) => (finish = resolve)), {
      mode: "async",
      policy: { timeoutMs: 5, maxConcurrency: 1 },
    });
    const run = hostRun([leaf]);
    expect(errorOf(await run.call(1, 0, message())).code).toBe("ERR_BINDING_TIMEOUT");
    expect(errorOf(run.call(2, 0, message()) as Reply).code).toBe("ERR_BINDING_LIMIT");
    finish();
    await new Promise((resolve) => setImmediate(resolve));
    expect(run.call(3, 0, message())).toBeInstanceOf(Promise);
    finish();
  });

  it("masks undeclared errors under an id that the host hears too", () => {
    const onError = vi.fn();
    const error = new Error("password is hunter2");
    const masked = reported(error, { errors: "mask", hooks: { onError } });
    expect(masked).toMatchObject({ class: "Error", code: "ERR_BINDING_FAILED" });
    expect(JSON.stringify(masked)).not.toContain("hunter2");
    const failure = onError.mock.calls[0]![0];
    expect(failure).toMatchObject({ error, runId: "run-1", name: "db.query", path: ["db", "query"] });
    expect(masked.data).toEqual({ binding: "db.query", id: failure.id });
  });

  it.each([
    ["text", "text"],
    [null, "db.query threw null."],
    [undefined, "db.query threw undefined."],
    [5, "db.query threw 5."],
    [Symbol("s"), "db.query threw Symbol(s)."],
    [() => {}, "db.query threw a function."],
    [{ message: "plain" }, "plain"],
    [{ get message(): never { throw new Error(); } }, "db.query threw an object that is not an error."], // prettier-ignore
  ])("makes an error of what is none (%#)", (thrown, message) => {
    expect(reported(thrown)).toEqual({ class: "Error", message });
  });

  it("survives errors whose every property throws", () => {
    const trap = (): never => {
      throw new Error("trap");
    };
    const error = new Proxy(new TypeError("x"), {
      get: trap,
      has: trap,
      getPrototypeOf: trap,
      getOwnPropertyDescriptor: trap,
      ownKeys: trap,
    });
    expect(reported(error)).toMatchObject({ class: expect.any(String), message: expect.any(String) });
    const getters = new Error("x");
    for (const key of ["name", "message", "code", "cause", "stack", "errors"]) {
      Object.defineProperty(getters, key, { get: trap });
    }
    expect(reported(getters)).toMatchObject({ class: "Error" });
  });

  it("ends cyclic causes and counts the errors of an AggregateError", () => {
    const cyclic = new Error("again");
    cyclic.cause = cyclic;
    expect(JSON.stringify(reported(cyclic)).match(/again/g)!.length).toBeLessThan(20);
    const wide = (depth: number): Error =>
      depth === 0
        ? new Error("leaf")
        : new AggregateError(
            Array.from({ length: 30 }, () => wide(depth - 1)),
            "wide",
          );
    const reply = hostRun([throwing(wide(3))]).call(1, 0, message()) as Reply;
    expect(errorOf(reply).class).toBe("AggregateError");
    expect(countErrors(errorOf(reply))).toBeLessThanOrEqual(100);
  });

  it("never lets a stack or a path of the host cross", () => {
    const error = new Error(`open '${import.meta.filename}'`, {
      cause: { at: new Error(`in ${process.cwd()}/x`) },
    });
    const text = JSON.stringify(reported(error));
    expect(text).not.toContain(process.cwd());
    expect(text).not.toMatch(/\bat .*\.ts/);
  });

  it("handles an async function that rejects at once", async () => {
    const run = hostRun([throwing(new Error("at once"), "async")]);
    expect(errorOf(await run.call(1, 0, message())).message).toBe("at once");
  });
});

describe("the end of a run", () => {
  it("fires the signals of calls within 10 ms and drops late answers and rejections", async () => {
    const signals: AbortSignal[] = [];
    let reject: ((error: Error) => void) | undefined;
    const onError = vi.fn();
    const run = hostRun(
      [
        typed(
          "hang",
          () => {
            signals.push(callContext().signal);
            return new Promise((_, no) => (reject = no));
          },
          { mode: "async" },
        ),
        typed("left", () => void signals.push(callContext().signal)),
      ],
      { hooks: { onError } },
    );
    const settled = vi.fn();
    void Promise.resolve(run.call(1, 0, message())).then(settled);
    void run.call(2, 1, message());
    expect(signals.map(({ aborted }) => aborted)).toEqual([false, false]);
    run.end(() => new DOMException("over", "AbortError"));
    expect(signals.map(({ aborted }) => aborted)).toEqual([true, true]);
    reject?.(new Error("late"));
    await new Promise((resolve) => setTimeout(resolve, 5));
    expect(settled).not.toHaveBeenCalled();
    expect(onError).not.toHaveBeenCalled();
    expect(run.call(3, 1, message())).toMatchObject({ kind: "error" });
    run.end(() => new Error("twice"));
  });

  it("passes the reason of the caller's own signal on", () => {
    const controller = new AbortController();
    let signal: AbortSignal | undefined;
    const leaf = typed("a", () => void ({ signal } = callContext()));
    const run = hostRun([leaf], { signal: controller.signal });
    void run.call(1, 0, message());
    controller.abort("why");
    expect(signal?.reason).toBe("why");
  });
});

describe("callContext", () => {
  it("names the call in sync leaves, and in async ones after an await", async () => {
    const seen: unknown[] = [];
    const note = (): void => {
      const { runId, path } = callContext();
      seen.push([runId, path]);
    };
    const run = hostRun([
      typed("a.sync", note),
      typed(
        "b.async",
        async () => {
          note();
          await new Promise((resolve) => setTimeout(resolve, 2));
          note();
        },
        { mode: "async" },
      ),
    ]);
    void run.call(1, 0, message());
    expect(() => callContext()).toThrow(/outside a binding/);
    await run.call(2, 1, message());
    expect(seen).toEqual([
      ["run-1", ["a", "sync"]],
      ["run-1", ["b", "async"]],
      ["run-1", ["b", "async"]],
    ]);
    expect(() => callContext()).toThrow(/outside a binding/);
  });
});

describe("hooks", () => {
  it("let middleware deny, rewrite arguments and results, and see both modes", async () => {
    const seen: unknown[] = [];
    const run = hostRun([typed("add", (a: number, b: number) => a + b), typed("later", async (a: number) => a, { mode: "async" }), plain("no", () => 1)], {
      hooks: {
        onCall: (call, next) => {
          seen.push([call.name, call.mode, call.args, call.runId]);
          if (call.name === "no") throw new Error("denied");
          if (call.mode === "sync") return (next([10, 20]) as number) + 1;
          return (next() as Promise<number>).then((value) => value * 100);
        },
      },
    }); // prettier-ignore
    expect(valueOf(run.call(1, 0, message(1, 2)) as Reply)).toBe(31);
    expect(valueOf(await run.call(2, 1, message(3)))).toBe(300);
    expect(errorOf(run.call(3, 2, message()) as Reply).message).toBe("denied");
    expect(seen).toEqual([
      ["add", "sync", [1, 2], "run-1"],
      ["later", "async", [3], "run-1"],
      ["no", "maybe", [], "run-1"],
    ]);
  });

  it("holds middleware to the mode of the leaf", () => {
    const run = hostRun([typed("s", () => 1)], { hooks: { onCall: async (_, next) => next() } });
    expect(errorOf(run.call(1, 0, message()) as Reply).code).toBe("ERR_BINDING_MODE");
  });

  it("leaves no unhandled rejection when middleware forgets the promise of next", async () => {
    const leaf = typed("a", async () => { throw new Error("forgotten"); }, { mode: "async" }); // prettier-ignore
    const run = hostRun([leaf], { hooks: { onCall: (_, next) => { next(); throw new Error("denied"); } } }); // prettier-ignore
    expect(errorOf(await run.call(1, 0, message())).message).toBe("denied");
  });

  it("is not disturbed by watching hooks that throw or reject", async () => {
    for (const hook of [
      () => { throw new Error("hook"); }, // prettier-ignore
      async () => { throw new Error("hook"); }, // prettier-ignore
      () => ({ get then(): never { throw new Error("hook"); } }), // prettier-ignore
    ]) {
      const run = hostRun([typed("a", () => { throw new Error("own"); })], { hooks: { onError: hook, onConsole: hook } }); // prettier-ignore
      run.console("log", "text");
      expect(errorOf(run.call(1, 0, message()) as Reply).message).toBe("own");
    }
  });
});

describe("console", () => {
  it("passes text on, counts bytes, and drops what no honest guest sends", () => {
    const onConsole = vi.fn();
    const run = hostRun([], { hooks: { onConsole } });
    run.console("warn", "ä");
    run.console("nope" as "log", "x");
    run.console("log", 5 as unknown as string);
    run.console("log", "x".repeat(1_100));
    expect(onConsole.mock.calls).toEqual([[{ level: "warn", text: "ä", runId: "run-1" }]]);
    expect(run.usage.consoleBytes).toBe(2);
    run.end(() => null);
    run.console("log", "late");
    expect(onConsole).toHaveBeenCalledTimes(1);
  });
});
