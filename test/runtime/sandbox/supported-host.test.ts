import { describe, expect, it } from "vitest";
import { checkHost } from "../../../src/runtime/engine/supported-host.ts";

describe("a program that holds a sandbox", () => {
  it.each([{ node: "22.18.0" }, { node: "24.21.0" }, { node: "26.0.0-nightly" }])("may be %o", (versions) => {
    expect(() => checkHost(versions)).not.toThrow();
  });

  it("is this one", () => {
    expect(() => checkHost()).not.toThrow();
  });

  it.each([
    [{ node: "24.3.0", bun: "1.3.0" }, "Bun 1.3.0"],
    [{ node: "24.2.0", deno: "2.5.0" }, "Deno 2.5.0"],
    [{ node: "22.17.1" }, "Node 22.17.1"],
    [{ node: "20.20.2" }, "Node 20.20.2"],
    [{ node: "18.20.8" }, "Node 18.20.8"],
  ])("may not be %o", (versions, name) => {
    expect(() => checkHost(versions)).toThrow(
      expect.objectContaining({
        name: "SandboxError",
        code: "ERR_ENGINE_HOST",
        message: expect.stringMatching(new RegExp(`${name.replaceAll(".", "\\.")}[^]*Node 24, or 22\\.18`)),
      }),
    );
  });
});
