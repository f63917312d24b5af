import { describe, expect, it } from "vitest";
import { WaitingLine } from "../../../src/runtime/process/waiting-line.ts";

const never = (): AbortSignal => new AbortController().signal;
const patience = { maxMs: null, gaveUp: "gave up", tooLate: "too late" } as const;

describe("a waiting line", () => {
  it("gives places in the order of asking, to those that are still there", async () => {
    const line = new WaitingLine<number, string>(() => {});
    const leaver = new AbortController();
    const waiting = [
      line.join({ ...patience, signal: never() }),
      line.join({ ...patience, signal: leaver.signal }),
      line.join({ ...patience, signal: never() }),
    ];
    leaver.abort();
    expect(line.length).toBe(2);
    expect([line.give(1), line.give(2), line.give(3)]).toEqual([true, true, false]);
    expect(await Promise.all(waiting)).toEqual([1, "gave up", 2]);
  });

  it("lets nobody wait longer than may be, and tells of those who leave", async () => {
    let left = 0;
    const line = new WaitingLine<number, string>(() => left++);
    expect(await line.join({ ...patience, signal: never(), maxMs: 5 })).toBe("too late");
    expect(await line.join({ ...patience, signal: AbortSignal.abort() })).toBe("gave up");
    expect({ left, length: line.length, given: line.give(1) }).toEqual({ left: 1, length: 0, given: false });
  });

  it("sends everyone away at once, and takes others afterwards", async () => {
    const line = new WaitingLine<number, string>(() => {});
    const waiting = [1, 2, 3].map(() => line.join({ ...patience, signal: never() }));
    line.refuse("closed");
    const next = line.join({ ...patience, signal: never() });
    line.give(7);
    expect(await Promise.all([...waiting, next])).toEqual(["closed", "closed", "closed", 7]);
  });

  it("leaves no listener on a signal that many wait with", async () => {
    const controller = new AbortController();
    let listeners = 0;
    const { addEventListener, removeEventListener } = controller.signal;
    controller.signal.addEventListener = (...args: Parameters<typeof addEventListener>) => {
      listeners++;
      addEventListener.apply(controller.signal, args);
    };
    controller.signal.removeEventListener = (...args: Parameters<typeof removeEventListener>) => {
      listeners--;
      removeEventListener.apply(controller.signal, args);
    };
    const line = new WaitingLine<number, string>(() => {});
    const waiting = Array.from({ length: 5 }, () => line.join({ ...patience, signal: controller.signal }));
    expect(listeners).toBe(5);
    line.give(1);
    line.refuse("closed");
    await Promise.all(waiting);
    expect(listeners).toBe(0);
  });
});
