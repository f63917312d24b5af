import { describe, expect, it } from "vitest";
import { checkEngine, isSafe } from "../../../src/runtime/engine/release.ts";

describe("the engine", () => {
  it.each(["6.2.0", "6.2.1", "6.3.0", "7.0.1", "7.0.2", "7.1.0", "8.0.0", "7.0.1+build"])(
    "takes %s",
    (version) => {
      expect(isSafe(version)).toBe(true);
      expect(checkEngine(() => version)).toEqual({ version });
    },
  );

  it.each(["5.0.4", "6.0.0", "6.1.2", "6.2.0-rc.1", "7.0.0", "7.0.1-beta", "4.7.2", "nonsense", ""])(
    "refuses %s",
    (version) => {
      expect(() => checkEngine(() => version)).toThrow(
        expect.objectContaining({
          code: "ERR_ENGINE_UNSAFE",
          message: expect.stringContaining("GHSA-864f-rcv7-6rh4"),
        }),
      );
    },
  );

  it("says what to install when there is none", () => {
    expect(() => checkEngine(() => null)).toThrow(
      expect.objectContaining({
        code: "ERR_ENGINE_MISSING",
        message: expect.stringContaining("npm i isolated-vm"),
      }),
    );
  });

  it("finds the one that is installed", () => {
    expect(checkEngine().version).toMatch(/^\d+\.\d+\.\d+/);
  });
});
