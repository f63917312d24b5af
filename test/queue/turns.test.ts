/**
 * Jobs of a worker run beside each other; one that is under suspicion runs alone, in its turn.
 */
import { expect, it } from "vitest";
import { Turns } from "../../src/queue/turns.ts";

class Line {
  readonly #turns = new Turns();
  readonly #leave = new Map<string, () => void>();

  enter(name: string, isAlone = false, signal = new AbortController().signal): void {
    void this.#turns.enter(isAlone, signal).then((leave) => this.#leave.set(name, leave));
  }

  async leave(name: string): Promise<void> {
    await this.running();
    this.#leave.get(name)!();
    this.#leave.delete(name);
  }

  async running(): Promise<readonly string[]> {
    await new Promise(setImmediate);
    return [...this.#leave.keys()];
  }
}

it("lets one run alone, and those that come later wait behind it", async () => {
  const line = new Line();
  line.enter("a");
  line.enter("b");
  line.enter("alone", true);
  line.enter("c");
  expect(await line.running()).toEqual(["a", "b"]);
  await line.leave("a");
  expect(await line.running()).toEqual(["b"]);
  await line.leave("b");
  expect(await line.running()).toEqual(["alone"]);
  line.enter("alone, too", true);
  await line.leave("alone");
  expect(await line.running()).toEqual(["c"]);
  await line.leave("c");
  expect(await line.running()).toEqual(["alone, too"]);
});

it("does not let those wait that have to end, and nobody behind them", async () => {
  const line = new Line();
  const controller = new AbortController();
  line.enter("a");
  line.enter("alone", true, controller.signal);
  line.enter("b");
  expect(await line.running()).toEqual(["a"]);
  controller.abort();
  expect(await line.running()).toEqual(["a", "alone", "b"]);
  // It has had no turn: nobody is told that it has left one.
  await line.leave("alone");
  line.enter("next", true);
  await line.leave("a");
  expect(await line.running()).toEqual(["b"]);
  await line.leave("b");
  expect(await line.running()).toEqual(["next"]);
  line.enter("over", false, controller.signal);
  expect(await line.running()).toEqual(["next", "over"]);
});
