import { AsyncLocalStorage } from "node:async_hooks";
import { setFlagsFromString } from "node:v8";
import { runInNewContext } from "node:vm";
import { afterEach, describe, expect, it } from "vitest";
import { callContext, createSandbox, type Sandbox, type SandboxOptions } from "../../../src/runtime/index.ts";

const request = new AsyncLocalStorage<{ readonly user: string }>();
const user = (): string => request.getStore()?.user ?? "nobody";

const open: Sandbox[] = [];
afterEach(() => Promise.all(open.splice(0).map((sandbox) => sandbox.dispose())));

async function sandboxOf(options: SandboxOptions): Promise<Sandbox> {
  const sandbox = await createSandbox(options);
  open.push(sandbox);
  return sandbox;
}

async function exported(run: ReturnType<Sandbox["run"]>): Promise<unknown> {
  const result = await run;
  if (result.status !== "ok") throw new Error(`${result.status}: ${result.error.message}`);
  return result.exports["default"];
}

describe.each(["process", "none"] as const)("isolation: %j", (isolation) => {
  it("calls host functions in the asynchronous context of their run, before and after they wait", async () => {
    const registry = {
      now: user,
      later: async () => [user(), await null, user()].join(),
      thenable: () => ({ then: (resolve: (value: string) => void) => resolve(user()) }),
    };
    // Made by one request, used by others that overlap, on workers that were started by any of them.
    const sandbox = await request.run({ user: "maker" }, () =>
      sandboxOf({ isolation, registry, workers: 2, maxRuns: 2 }),
    );
    const script = `const { now, later, thenable } = SecureExec.bindings;
      export default [now(), await later(), now(), await thenable(), (await Promise.all([later(), later()])).join(), now()]`;
    for (let round = 0; round < 3; round++) {
      const seen = await Promise.all(
        ["ada", "bob", "eve"].map((name) =>
          request.run({ user: name }, async () => [name, await exported(sandbox.run(script))]),
        ),
      );
      for (const [name, values] of seen as [string, string[]][]) {
        expect(values).toEqual([
          name,
          `${name},,${name}`,
          name,
          name,
          `${name},,${name},${name},,${name}`,
          name,
        ]);
      }
    }
    expect(await exported(sandbox.run("export default SecureExec.bindings.now()"))).toBe("nobody");
  });

  it("calls hooks there, and those who listen to a call's signal", async () => {
    const seen: string[] = [];
    const hear = (what: string) => void seen.push(`${what} ${user()}`);
    const registry = {
      fail: () => {
        throw new Error("x");
      },
      failLater: () => Promise.reject(new Error("x")),
      listen: () => callContext().signal.addEventListener("abort", () => hear("signal")),
    };
    const sandbox = await request.run({ user: "maker" }, () =>
      sandboxOf({
        isolation,
        registry,
        onConsole: () => hear("onConsole"),
        onError: () => hear("onError"),
        onCall: (call, next) => (hear(call.name), next()),
      }),
    );
    const script = `console.log("hi"); const { fail, failLater, listen } = SecureExec.bindings;
      listen(); try { fail() } catch {} await failLater().catch(() => {}); console.log("bye")`;
    for (const name of ["ada", "bob"]) {
      await request.run({ user: name }, () => sandbox.run(script));
      const what = ["onConsole", "listen", "fail", "onError", "failLater", "onError", "onConsole", "signal"];
      expect(seen.splice(0)).toEqual(what.map((one) => `${one} ${name}`));
    }
  });

  it("ends a run that is stopped in its context too", async () => {
    let heard: (value: string) => void;
    const signalled = new Promise<string>((resolve) => (heard = resolve));
    let started: () => void;
    const called = new Promise<void>((resolve) => (started = resolve));
    const registry = {
      hang: () => {
        callContext().signal.addEventListener("abort", () => heard(user()));
        started();
        return new Promise(() => {});
      },
    };
    const sandbox = await sandboxOf({ isolation, registry });
    const stop = new AbortController();
    const run = request.run({ user: "ada" }, () =>
      sandbox.run("await SecureExec.bindings.hang()", { signal: stop.signal }),
    );
    await called;
    request.run({ user: "eve" }, () => stop.abort());
    expect(await signalled).toBe("ada");
    expect((await run).status).toBe("aborted");
  });

  it("gives the run's result in the caller's context", async () => {
    const sandbox = await sandboxOf({ isolation });
    await request.run({ user: "ada" }, async () => {
      await sandbox.run("1");
      expect(user()).toBe("ada");
    });
  });

  it("holds nothing of the request that made the sandbox or started its workers", async () => {
    const sandbox = await sandboxOf({ isolation: "none" }).then(() =>
      inRequest(async () => sandboxOf({ isolation, registry: { one: async () => 1 }, minIdle: 0 })),
    );
    const { held } = sandbox;
    const runs = await inRequest(() => sandbox.value.run("await SecureExec.bindings.one()"));
    expect(runs.value.status).toBe("ok");
    // The pool is alive and may have a prepared isolate.
    expect(sandbox.value.alive).toBe(true);
    expect(await collected(held)).toBe(true);
    expect(await collected(runs.held)).toBe(true);
  });
});

describe('placement: "worker"', () => {
  const registryModule = new URL("../process/workers/placed-registry.ts", import.meta.url);

  it("calls the supervisor's hooks in the context of their run", async () => {
    const seen: string[] = [];
    const sandbox = await request.run({ user: "maker" }, () =>
      sandboxOf({ placement: "worker", registryModule, workers: 1, onConsole: () => seen.push(user()) }),
    );
    for (const name of ["ada", "bob"]) {
      await request.run({ user: name }, () => sandbox.run("console.log(SecureExec.bindings.add(1, 2))"));
    }
    expect(seen).toEqual(["ada", "bob"]);
  });

  it("gives host functions in the worker a copy of the context, and refuses what cannot be copied", async () => {
    const contexts: unknown[] = [];
    const onConsole = (event: { context: unknown }): void => void contexts.push(event.context);
    const sandbox = await sandboxOf({ placement: "worker", registryModule, workers: 1, onConsole });
    const context = { tenant: "a", since: new Date(0) };
    const script = "console.log(1); export default SecureExec.bindings.context()";
    expect(await exported(sandbox.run(script, { context }))).toEqual(context);
    expect(contexts).toEqual([context]);
    expect(contexts[0]).toBe(context);
    expect(await exported(sandbox.run("export default SecureExec.bindings.context() === undefined"))).toBe(
      true,
    );
    await expect(sandbox.run("1", { context: { close: () => 1 } })).rejects.toMatchObject({
      code: "ERR_SANDBOX_OPTION",
      message: expect.stringMatching(/context at \.close: a function cannot cross/) as unknown,
    });
  });
});

describe.each(["process", "none"] as const)("run(source, { context }), isolation: %j", (isolation) => {
  it("is read by callContext, before and after a function waits, and by every hook", async () => {
    const seen: unknown[] = [];
    const registry = {
      now: () => void seen.push(callContext().context),
      later: async () => {
        await null;
        seen.push(callContext().context);
        throw new Error("x");
      },
    };
    const sandbox = await sandboxOf({
      isolation,
      registry,
      onCall: (call, next) => (seen.push(call.context), next()),
      onConsole: (event) => seen.push(event.context),
      onError: (failure) => seen.push(failure.context),
    });
    const script = `console.log(1); SecureExec.bindings.now(); await SecureExec.bindings.later().catch(() => {})`;
    const contexts = [{ tenant: "a", connection: () => 1 }, { tenant: "b" }];
    await Promise.all(contexts.map((context) => sandbox.run(script, { context })));
    for (const context of contexts) expect(seen.filter((one) => one === context)).toHaveLength(6);
    expect(seen).toHaveLength(12);
    seen.length = 0;
    await sandbox.run(script);
    expect(seen).toEqual([undefined, undefined, undefined, undefined, undefined, undefined]);
  });

  it("is never seen by the script", async () => {
    const sandbox = await sandboxOf({ isolation, registry: { now: () => Object.keys(callContext()) } });
    const result = await sandbox.run(
      `const found = []; const seen = new Set();
       const look = (value) => {
         if (typeof value === "string" && value.includes("secret-7")) found.push(value);
         if ((typeof value !== "object" && typeof value !== "function") || value === null || seen.has(value)) return;
         seen.add(value);
         for (const key of Reflect.ownKeys(value)) { try { look(value[key]) } catch {} }
       };
       look(globalThis); look(SecureExec.bindings.now()); export default [found, seen.size > 50]`,
      { context: { token: "secret-7" } },
    );
    expect(result).toMatchObject({ status: "ok", exports: { default: [[], true] } });
  });
});

/** What `make` gives, made in a request of its own, and a way to see that request go. */
async function inRequest<Value>(
  make: () => Promise<Value>,
): Promise<{ value: Value; held: WeakRef<object> }> {
  let store: { user: string } | undefined = { user: "gone" };
  const held = new WeakRef<object>(store);
  const value = await request.run(store, make);
  store = undefined;
  return { value, held };
}

async function collected(ref: WeakRef<object>): Promise<boolean> {
  setFlagsFromString("--expose-gc");
  const gc = runInNewContext("gc") as () => void;
  for (let turn = 0; turn < 1_000 && ref.deref() !== undefined; turn++) {
    await new Promise((resolve) => setTimeout(resolve, 10));
    gc();
  }
  return ref.deref() === undefined;
}
