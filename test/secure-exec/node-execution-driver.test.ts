/** The lower level of secure-exec 0.2.1, through which its users pass `bindings`. */
import { afterEach, describe, expect, it } from "vitest";
import {
  createNodeDriver,
  NodeExecutionDriver,
  NodeRuntime,
  type NodeExecutionDriverOptions,
  type NodeRuntimeOptions,
  type SystemDriver,
} from "../../src/secure-exec/index.ts";

const system = createNodeDriver();
const open: NodeExecutionDriver[] = [];
afterEach(() => Promise.all(open.splice(0).map((driver) => driver.terminate())));

function driverOf(options: Partial<NodeExecutionDriverOptions> = {}): NodeExecutionDriver {
  const driver = new NodeExecutionDriver({
    system,
    runtime: system.runtime,
    isolation: "none",
    ...options,
  });
  open.push(driver);
  return driver;
}

const unsupported = (words: string): object =>
  expect.objectContaining({
    code: "ERR_SECURE_EXEC_UNSUPPORTED",
    message: expect.stringContaining(words) as string,
  }) as object;

describe("NodeExecutionDriver", () => {
  it("runs scripts against bindings, in worker processes too", async () => {
    const bindings = { add: (a: number, b: number) => a + b, later: async (text: string) => text };
    for (const isolation of ["none", "process"] as const) {
      const driver = driverOf({ bindings, isolation });
      expect(
        await driver.run(
          "export default [SecureExec.bindings.add(1, 2), await SecureExec.bindings.later('a')]",
        ),
      ).toEqual({ code: 0, exports: { default: [3, "a"] } });
      expect(await driver.exec("SecureExec.bindings.add(1)")).toEqual({ code: 0 });
    }
  });

  it("ends a run by the signal of `exec`, while its host function is held", async () => {
    const killer = new AbortController();
    const driver = driverOf({
      bindings: {
        hold: () => {
          killer.abort();
          return new Promise<never>(() => {});
        },
      },
    });
    const { code, errorMessage } = await driver.exec("await SecureExec.bindings.hold()", {
      signal: killer.signal,
    });
    expect([code, errorMessage]).toEqual([1, expect.stringContaining("abort")]);
  });

  it("is what a factory of one's own may make, as programs for 0.2.1 do to pass bindings", async () => {
    const runtime = new NodeRuntime({
      systemDriver: system,
      runtimeDriverFactory: {
        createRuntimeDriver: (options) => {
          expect(options.runtime).toBe(system.runtime);
          return driverOf({ ...options, bindings: { one: () => 1 } });
        },
      },
    });
    expect(await runtime.run("module.exports = SecureExec.bindings.one()")).toEqual({ code: 0, exports: 1 });
  });

  it.each([
    "createIsolate",
    "onPtySetRawMode",
    "liveStdinSource",
    "socketTable",
    "processTable",
    "timerTable",
    "pid",
    "permissions",
  ])("refuses %s by name", (name) => {
    expect(() => driverOf({ [name]: 1 })).toThrow(unsupported(`\`${name}\` is not supported`));
  });

  it("refuses options that do not exist", () => {
    expect(() => driverOf({ memorylimit: 64 } as object)).toThrow("Did you mean `memoryLimit`?");
  });

  it.each(["filesystem", "network", "commandExecutor", "permissions"])(
    "refuses a system driver that holds the power %s",
    (name) => {
      const powerful = { ...system, [name]: {} } as SystemDriver;
      expect(() => driverOf({ system: powerful })).toThrow(unsupported(`system: \`${name}\``));
    },
  );

  it.each([
    [{ process: { env: { A: "1" } }, os: {} }, "runtime.process: `env` is not supported"],
    [{ process: {}, os: { hostname: "x" } }, "runtime.os: `hostname` is not supported"],
  ])("refuses the runtime %j", (runtime, words) => {
    expect(() => driverOf({ runtime } as object)).toThrow(unsupported(words));
    expect(() => driverOf({ runtime: undefined, system: { runtime } } as object)).toThrow(unsupported(words));
  });

  it("hands out no way into the host", () => {
    const driver = driverOf();
    expect(() => driver.network).toThrow(unsupported("network"));
    expect(() => driver.unsafeIsolate).toThrow(unsupported("isolate"));
    expect(() => driver.createUnsafeContext()).toThrow(unsupported("Contexts"));
  });
});

describe("NodeRuntime", () => {
  it.each([{}, { systemDriver: system }, { systemDriver: system, runtimeDriverFactory: {} }])(
    "says what it is made of: %j",
    (options) => {
      expect(() => new NodeRuntime(options as NodeRuntimeOptions)).toThrow(
        expect.objectContaining({
          code: "ERR_SANDBOX_OPTION",
          message: expect.stringContaining("createNodeRuntimeDriverFactory() make them") as string,
        }) as Error,
      );
    },
  );
});
