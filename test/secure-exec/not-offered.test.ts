/** Names of secure-exec that exist only to say what to do instead. */
import { describe, expect, it } from "vitest";
import * as facade from "../../src/secure-exec/index.ts";

const unsupported = (name: string): Error =>
  expect.objectContaining({
    code: "ERR_SECURE_EXEC_UNSUPPORTED",
    message: expect.stringContaining(`\`${name}\` is not supported`) as string,
  }) as Error;

describe("an import of what is not offered", () => {
  it.each([
    "createDefaultNetworkAdapter",
    "createNodeHostCommandExecutor",
    "evaluate",
    "execute",
    "executeFile",
    "createVm",
    "hostFunction",
    "hostFunctions",
  ] as const)("%s is refused by its name when it is called", (name) => {
    expect(() => facade[name]({})).toThrow(unsupported(name));
  });

  it("NodeFileSystem and NodeRuntime.create are refused when they are used", () => {
    expect(() => new facade.NodeFileSystem()).toThrow(unsupported("NodeFileSystem"));
    expect(() => facade.NodeRuntime.create()).toThrow(unsupported("NodeRuntime.create"));
  });

  it.each(["allowAll", "allowAllFs", "allowAllNetwork", "allowAllChildProcess", "allowAllEnv"] as const)(
    "%s is refused where it is given",
    (name) => {
      const permissions = facade[name];
      expect(() => facade.createNodeDriver({ permissions })).toThrow(unsupported("permissions"));
    },
  );

  // The list of 0.2.1, so that an import that worked there never ends in a missing export.
  it.each([
    "NodeRuntime",
    "createDefaultNetworkAdapter",
    "createNodeDriver",
    "createNodeHostCommandExecutor",
    "createNodeRuntimeDriverFactory",
    "NodeExecutionDriver",
    "NodeFileSystem",
    "createKernel",
    "createNodeRuntime",
    "createInMemoryFileSystem",
    "allowAll",
    "allowAllChildProcess",
    "allowAllEnv",
    "allowAllFs",
    "allowAllNetwork",
  ])("%s can be imported", (name) => {
    expect(facade).toHaveProperty(name);
  });
});
