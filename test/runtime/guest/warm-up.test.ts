/** A guest that has warmed up runs its script as any other: nothing of what it did shows. */
import { describe, expect, it } from "vitest";
import { createGuest } from "../../../src/runtime/guest/guest.ts";
import type { Guest } from "../../../src/runtime/seam.ts";
import { limits, runScript } from "./support/run-script.ts";

const warmed = (mayReplay: boolean): { onGuest: (guest: Guest) => void } => ({
  onGuest: (guest) => guest.warmUp(mayReplay),
});

describe("a guest that has warmed up", () => {
  it.each<[what: string, source: string, kind: string]>([
    ["exports", "export default [1, { a: 2 }]; export const b = Symbol.iterator in []", "ok"],
    ["nothing", "", "ok"],
    ["an error with its place", "\n throw new TypeError('x')", "error"],
    ["a mistake with its place", "const x = ;", "error"],
    ["a rejection nobody handles", "Promise.reject(new Error('left'))", "error"],
    ["a wait that never ends", "await new Promise(() => {})", "timeout"],
    ["a loop", "for (;;);", "timeout"],
    ["memory", "const a = []; for (;;) a.push(new Array(1e5).fill(1.1))", "memory"],
  ])("ends as another does: %s", async (_, source, kind) => {
    const play = { limits: { cpuMs: source === "for (;;);" ? 100 : 30_000, wallMs: 60_000, memoryMb: 16 } };
    const withoutUsage = async (more: object): Promise<unknown> => {
      const { outcome, ...rest } = await runScript(source, { ...play, ...more });
      return { ...rest, outcome: { ...outcome, usage: null } };
    };
    const played = await withoutUsage(warmed(false));
    expect(played).toMatchObject({ outcome: { kind } });
    expect(played).toEqual(await withoutUsage({}));
    expect(played).toEqual(await withoutUsage(warmed(true)));
  });

  it("shows nothing of what a run with a journal would have", async () => {
    const source = `
      const { get } = Object.getOwnPropertyDescriptor(Intl.DateTimeFormat.prototype, "format");
      const made = [Date, Date.prototype.constructor, Date.now, Math.random, WeakRef, WeakRef.prototype.constructor, get];
      export default made.map((one) => [one.name, Object.getOwnPropertyNames(one).length, Object.hasOwn(one, "prototype"), String(one)]);`;
    const exportsOf = async (more: object): Promise<unknown> => (await runScript(source, more)).exports;
    const plain = await exportsOf({});
    expect(await exportsOf(warmed(true))).toEqual(plain);
    expect(plain).toHaveProperty("default");
  });

  it("sends and gets objects as another does, and refuses what cannot cross by its own place", async () => {
    const source = `
      const { echo } = SecureExec.bindings;
      const refusal = (value) => { try { echo(value); } catch ({ message }) { return message; } };
      export default [echo({ a: [{}] }), echo([[], []]), refusal({ a: [() => {}] }), refusal("x".repeat(2000))];`;
    const bindings = { echo: { maxPayloadBytes: 1000, call: (value: unknown) => value } };
    const plain = (await runScript(source, { bindings })).exports;
    expect((await runScript(source, { bindings, ...warmed(false) })).exports).toEqual(plain);
    expect(plain["default"]).toMatchObject([
      { a: [{}] },
      [[], []],
      expect.stringContaining(".a[0]"),
      expect.stringContaining("1000"),
    ]);
  });

  it("may have been disposed", () => {
    const guest = createGuest(
      { leaves: [], namespaces: [], limits },
      { callSync: () => undefined, callAsync: () => {}, console: () => {} },
    );
    guest.dispose();
    expect(() => guest.warmUp(true)).not.toThrow();
  });
});
