import {
  chmodSync,
  mkdirSync,
  mkdtempSync,
  realpathSync,
  renameSync,
  rmSync,
  utimesSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { describe, expect, it, onTestFinished } from "vitest";
import { watchInputs, type WatchedInputs } from "../../../src/cli/watch/inputs.ts";

interface Watching {
  at(name: string): string;
  /** The changes told of so far, each a list of paths. */
  readonly batches: (readonly string[])[];
  /** From the next change on these are the inputs. */
  inputs: WatchedInputs;
  /** What a generation does when inputs have changed. */
  turn: () => Promise<void>;
  start(since?: number): void;
  seen(count: number): Promise<void>;
}

/** A folder, and a watcher in it that is started by hand. Files written before that count as read. */
function watching(root?: string): Watching {
  const folder = realpathSync(mkdtempSync(join(tmpdir(), "isobind-watch-")));
  const controller = new AbortController();
  const watcher = watchInputs(root ?? folder, controller.signal);
  const batches: (readonly string[])[] = [];
  let done = Promise.resolve();
  const it: Watching = {
    at: (name) => join(folder, name),
    batches,
    inputs: { files: [], missing: [] },
    turn: async () => {},
    start(since) {
      done = run(since ?? Date.now() + 1_000);
    },
    seen: (count) =>
      expect.poll(() => batches.length, { timeout: 60_000, interval: 20 }).toBeGreaterThanOrEqual(count),
  };
  async function run(since: number): Promise<void> {
    let began = since;
    for (;;) {
      const changed = await watcher.next(it.inputs, began);
      if (changed.length === 0) return;
      began = Date.now();
      batches.push(changed);
      await it.turn();
    }
  }
  onTestFinished(async () => {
    controller.abort();
    await done;
    await watcher.close();
    rmSync(folder, { recursive: true, force: true });
  });
  return it;
}

const pause = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms));

/** Longer than the time between two looks, and than the quiet after a change. */
const whileMs = 1_500;

describe("watching inputs", () => {
  it("tells of a changed input, and of nothing else in its folder", async () => {
    const it = watching();
    writeFileSync(it.at("a.ts"), "1");
    writeFileSync(it.at("other.ts"), "1");
    it.inputs = { files: [it.at("a.ts")], missing: [] };
    it.start();
    writeFileSync(it.at("other.ts"), "2");
    await pause(whileMs);
    expect(it.batches).toEqual([]);
    writeFileSync(it.at("a.ts"), "2");
    await it.seen(1);
    expect(it.batches).toEqual([[it.at("a.ts")]]);
  });

  it("takes no notice of the folders around an input, whatever happens in them", async () => {
    const it = watching();
    mkdirSync(it.at("around/inside"), { recursive: true });
    writeFileSync(it.at("around/inside/a.ts"), "1");
    it.inputs = { files: [it.at("around/inside/a.ts")], missing: [it.at("tsconfig.json")] };
    it.start();
    for (let time = 1; time <= 3; time++) {
      writeFileSync(it.at(`around/${time}.ts`), "");
      utimesSync(it.at("around"), time, time);
      chmodSync(it.at("around"), 0o700 + time);
      await pause(50);
    }
    await pause(whileMs);
    expect(it.batches).toEqual([]);
  });

  it("sees the folder of an input go, and come back", async () => {
    const it = watching();
    mkdirSync(it.at("around"));
    writeFileSync(it.at("around/a.ts"), "1");
    it.inputs = { files: [it.at("around/a.ts")], missing: [it.at("tsconfig.json")] };
    it.start();
    rmSync(it.at("around"), { recursive: true });
    await it.seen(1);
    mkdirSync(it.at("around"));
    writeFileSync(it.at("around/a.ts"), "2");
    await it.seen(2);
    expect(it.batches).toEqual([[it.at("around/a.ts")], [it.at("around/a.ts")]]);
  });

  it("sees atomic saves again and again: a new file renamed over the old one", async () => {
    const it = watching();
    writeFileSync(it.at("a.ts"), "1");
    it.inputs = { files: [it.at("a.ts")], missing: [] };
    it.start();
    for (let save = 1; save <= 3; save++) {
      writeFileSync(it.at("a.ts.tmp"), String(save));
      renameSync(it.at("a.ts.tmp"), it.at("a.ts"));
      await it.seen(save);
      await pause(200);
    }
    expect(it.batches).toHaveLength(3);
  });

  it("makes one change of a burst of writes", async () => {
    const it = watching();
    writeFileSync(it.at("a.ts"), "");
    writeFileSync(it.at("b.ts"), "");
    it.inputs = { files: [it.at("a.ts"), it.at("b.ts")], missing: [] };
    it.start();
    const began = performance.now();
    let quiets = 0;
    for (let write = 0; write < 8; write++) {
      const written = performance.now();
      writeFileSync(it.at("a.ts"), String(write));
      writeFileSync(it.at("b.ts"), String(write));
      await pause(5);
      // A machine that does much else may make a pause as long as the quiet that a change ends with, or the burst longer than anybody waits for it.
      if (performance.now() - written > 45) quiets++;
    }
    const most = 1 + quiets + Math.floor((performance.now() - began) / 450);
    await it.seen(1);
    await pause(whileMs);
    expect(it.batches.length).toBeLessThanOrEqual(most);
    expect(new Set(it.batches.flat())).toEqual(new Set([it.at("a.ts"), it.at("b.ts")]));
  });

  it("tells of a file that is written to without end", async () => {
    const it = watching();
    writeFileSync(it.at("a.ts"), "");
    it.inputs = { files: [it.at("a.ts")], missing: [] };
    it.start();
    let text = "";
    const writing = setInterval(() => writeFileSync(it.at("a.ts"), (text += "x")), 10);
    onTestFinished(() => clearInterval(writing));
    await it.seen(2);
  });

  it("sees a file that did not exist appear, also in a folder that did not exist", async () => {
    const it = watching();
    it.inputs = { files: [], missing: [it.at("later.ts"), it.at("new/deep/later.ts")] };
    it.start();
    writeFileSync(it.at("later.ts"), "");
    await it.seen(1);
    mkdirSync(it.at("new"));
    await pause(200);
    mkdirSync(it.at("new/deep"));
    await pause(200);
    expect(it.batches).toHaveLength(1);
    writeFileSync(it.at("new/deep/later.ts"), "");
    await it.seen(2);
    expect(it.batches[1]).toEqual([it.at("new/deep/later.ts")]);
  });

  it("sees a removal and the return of a file", async () => {
    const it = watching();
    writeFileSync(it.at("a.ts"), "1");
    it.inputs = { files: [it.at("a.ts")], missing: [] };
    it.start();
    rmSync(it.at("a.ts"));
    await it.seen(1);
    writeFileSync(it.at("a.ts"), "2");
    await it.seen(2);
  });

  it("sees a file that another time-stamp hides: older than the one it replaces", async () => {
    const it = watching();
    writeFileSync(it.at("a.ts"), "1");
    utimesSync(it.at("a.ts"), 1_000, 1_000);
    it.inputs = { files: [it.at("a.ts")], missing: [] };
    it.start();
    writeFileSync(it.at("a.ts"), "2");
    utimesSync(it.at("a.ts"), 1_000, 1_000);
    await it.seen(1);
  });

  it("loses nothing that changes while a generation runs", async () => {
    const it = watching();
    writeFileSync(it.at("a.ts"), "");
    writeFileSync(it.at("b.ts"), "");
    it.inputs = { files: [it.at("a.ts")], missing: [] };
    it.turn = async () => {
      if (it.batches.length > 1) return;
      await pause(30);
      // Found by this generation, and changed before it ends, as is what was known.
      it.inputs = { files: [it.at("a.ts"), it.at("b.ts")], missing: [it.at("c.ts")] };
      for (const name of ["a.ts", "b.ts", "c.ts"]) writeFileSync(it.at(name), "2");
      await pause(300);
    };
    it.start();
    writeFileSync(it.at("a.ts"), "1");
    await it.seen(2);
    expect(it.batches[1]).toEqual(["a.ts", "b.ts", "c.ts"].map(it.at));
  });

  it("watches files that a later generation adds, and forgets dropped ones", async () => {
    const it = watching();
    mkdirSync(it.at("lib"));
    writeFileSync(it.at("a.ts"), "");
    writeFileSync(it.at("lib/b.ts"), "");
    it.inputs = { files: [it.at("a.ts")], missing: [] };
    it.turn = async () => void (it.inputs = { files: [it.at("lib/b.ts")], missing: [] });
    it.start();
    writeFileSync(it.at("a.ts"), "1");
    await it.seen(1);
    writeFileSync(it.at("a.ts"), "2");
    await pause(whileMs);
    expect(it.batches).toHaveLength(1);
    writeFileSync(it.at("lib/b.ts"), "2");
    await it.seen(2);
    expect(it.batches[1]).toEqual([it.at("lib/b.ts")]);
  });

  it("does not take an edit for a change that was made while the file was no input", async () => {
    const it = watching();
    for (const name of ["a.ts", "b.ts"]) writeFileSync(it.at(name), "");
    const both = { files: [it.at("a.ts"), it.at("b.ts")], missing: [] };
    it.inputs = both;
    it.turn = async () => {
      if (it.batches.length === 1) it.inputs = { files: [it.at("a.ts")], missing: [] };
      else it.inputs = both;
    };
    it.start();
    writeFileSync(it.at("a.ts"), "1");
    await it.seen(1);
    writeFileSync(it.at("b.ts"), "changed");
    await pause(100);
    writeFileSync(it.at("a.ts"), "2");
    await it.seen(2);
    await pause(whileMs);
    expect(it.batches).toEqual([[it.at("a.ts")], [it.at("a.ts")]]);
  });

  it("tells of what changed between the reading and the watch", async () => {
    const it = watching();
    const since = Date.now() - 1_000;
    writeFileSync(it.at("a.ts"), "");
    writeFileSync(it.at("b.ts"), "");
    it.inputs = { files: [it.at("a.ts"), it.at("gone.ts")], missing: [it.at("b.ts"), it.at("c.ts")] };
    it.start(since);
    await it.seen(1);
    expect(it.batches).toEqual([[it.at("a.ts"), it.at("b.ts"), it.at("gone.ts")]]);
  });

  it("sees what no event of the file system tells of", async () => {
    // A folder outside the project in which nothing was read has no watcher.
    const elsewhere = realpathSync(mkdtempSync(join(tmpdir(), "isobind-root-")));
    onTestFinished(() => rmSync(elsewhere, { recursive: true, force: true }));
    const it = watching(elsewhere);
    it.inputs = { files: [], missing: [it.at("tsconfig.json")] };
    it.start();
    await pause(200);
    writeFileSync(it.at("tsconfig.json"), "{}");
    await it.seen(1);
    expect(it.batches).toEqual([[it.at("tsconfig.json")]]);
  });
});
