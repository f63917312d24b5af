import { describe, expect, it } from "vitest";
import { SandboxError } from "../../../src/runtime/errors.ts";
import {
  limitsOf,
  limitTable,
  resolveLimits,
  tightenLimits,
  type Limits,
} from "../../../src/runtime/limits.ts";

const names = Object.keys(limitTable) as (keyof Limits)[];

describe("limits", () => {
  it("are told to the side that enforces them, and each is enforced by one", () => {
    const limits = resolveLimits();
    const {
      memoryMb,
      cpuMs,
      wallMs,
      payloadBytes,
      calls,
      concurrency,
      consoleBytes,
      modules,
      moduleBytes,
      journalBytes,
    } = limits;
    expect(limitsOf("guest", limits)).toEqual({ memoryMb, cpuMs, wallMs, payloadBytes, consoleBytes });
    expect(limitsOf("host", limits)).toEqual({ payloadBytes, calls, concurrency, consoleBytes });
    expect(limitsOf("loader", limits)).toEqual({ modules, moduleBytes });
    expect(limitsOf("recorder", limits)).toEqual({ journalBytes });
    for (const name of names) expect(limitTable[name].enforcedBy.length, name).toBeGreaterThan(0);
  });

  it("has a default inside its range and a reason for each", () => {
    for (const name of names) {
      const { default: value, min, max, reason } = limitTable[name];
      expect(value).toBeGreaterThanOrEqual(min);
      expect(value).toBeLessThanOrEqual(max);
      expect(min).toBeGreaterThan(0);
      expect(reason).toMatch(/ .* /);
    }
    expect(resolveLimits()).toEqual(
      Object.fromEntries(names.map((name) => [name, limitTable[name].default])),
    );
  });

  it.each(names)("%s cannot be switched off", (name) => {
    const { min, max } = limitTable[name];
    for (const value of [
      0,
      -1,
      NaN,
      Infinity,
      -Infinity,
      null,
      false,
      "8",
      {},
      10n,
      min - 1,
      max + 1,
      min + 0.5,
    ]) {
      let thrown: unknown;
      try {
        resolveLimits({ [name]: value } as Limits);
      } catch (error) {
        thrown = error;
      }
      expect(thrown, `${name}: ${String(value)}`).toBeInstanceOf(SandboxError);
      expect(thrown).toMatchObject({
        code: "ERR_SANDBOX_OPTION",
        message: expect.stringContaining(`limits.${name}`),
      });
    }
    expect(resolveLimits({ [name]: min })[name]).toBe(min);
    expect(resolveLimits({ [name]: max })[name]).toBe(max);
  });

  it("names every bad limit and every unknown one at once", () => {
    expect(() => resolveLimits({ wallMs: 0, memoryMb: 1, timeout: 3 } as Limits)).toThrow(
      /limits\.timeout[^]*limits\.memoryMb[^]*limits\.wallMs/,
    );
  });

  it("only tightens for one run", () => {
    const allowed = resolveLimits({ wallMs: 1_000 });
    expect(tightenLimits(allowed, { wallMs: 10 })).toEqual({ ...allowed, wallMs: 10 });
    expect(() => tightenLimits(allowed, { wallMs: 1_001 })).toThrow(/wallMs: 1001 is more than the 1000/);
    expect(() => tightenLimits(allowed, { wallMs: 0 })).toThrow(SandboxError);
  });
});
