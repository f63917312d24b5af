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
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { watchInputs, type InputWatcher } from "../../../src/cli/watch/inputs.ts";

let folder: string;
let start: number;
let watcher: InputWatcher;
let batches: (readonly string[])[];
let onChange: () => Promise<void>;

beforeEach(() => {
  folder = realpathSync(mkdtempSync(join(tmpdir(), "isobind-watch-")));
  batches = [];
  // Files written by a test's first lines count as read, not as changed.
  start = Date.now() + 1_000;
  onChange = async () => {};
  watcher = watchInputs(async (changed) => {
    batches.push(changed);
    await onChange();
  });
});

afterEach(async () => {
  await watcher.close();
  rmSync(folder, { recursive: true, force: true });
});

const at = (name: string): string => join(folder, name);
const pause = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms));
const seen = (count: number): Promise<void> =>
  expect.poll(() => batches.length, { timeout: 10_000, interval: 20 }).toBeGreaterThanOrEqual(count);

describe("watching inputs", () => {
  it("tells of a changed input, and of nothing else in its folder", async () => {
    writeFileSync(at("a.ts"), "1");
    writeFileSync(at("other.ts"), "1");
    await watcher.set({ files: [at("a.ts")], missing: [] }, start);
    writeFileSync(at("other.ts"), "2");
    await pause(300);
    expect(batches).toEqual([]);
    writeFileSync(at("a.ts"), "2");
    await seen(1);
    expect(batches).toEqual([[at("a.ts")]]);
  });

  it("takes no notice of the folders around an input, whatever happens in them", async () => {
    mkdirSync(at("around/inside"), { recursive: true });
    writeFileSync(at("around/inside/a.ts"), "1");
    await watcher.set({ files: [at("around/inside/a.ts")], missing: [at("tsconfig.json")] }, start);
    for (let time = 1; time <= 3; time++) {
      writeFileSync(at(`around/${time}.ts`), "");
      utimesSync(at("around"), time, time);
      chmodSync(at("around"), 0o700 + time);
      await pause(50);
    }
    await pause(300);
    expect(batches).toEqual([]);
  });

  it("sees the folder of an input go", async () => {
    mkdirSync(at("around"));
    writeFileSync(at("around/a.ts"), "1");
    await watcher.set({ files: [at("around/a.ts")], missing: [at("tsconfig.json")] }, start);
    rmSync(at("around"), { recursive: true });
    await seen(1);
  });

  it("sees atomic saves again and again: a new file renamed over the old one", async () => {
    writeFileSync(at("a.ts"), "1");
    await watcher.set({ files: [at("a.ts")], missing: [] }, start);
    for (let save = 1; save <= 3; save++) {
      writeFileSync(at("a.ts.tmp"), String(save));
      renameSync(at("a.ts.tmp"), at("a.ts"));
      await seen(save);
      await pause(200);
    }
    expect(batches).toHaveLength(3);
  });

  it("makes one change of a burst of writes", async () => {
    writeFileSync(at("a.ts"), "");
    writeFileSync(at("b.ts"), "");
    await watcher.set({ files: [at("a.ts"), at("b.ts")], missing: [] }, start);
    for (let write = 0; write < 8; write++) {
      writeFileSync(at("a.ts"), String(write));
      writeFileSync(at("b.ts"), String(write));
      await pause(5);
    }
    await seen(1);
    await pause(400);
    // On a loaded machine the pauses between the writes are longer than the quiet a change ends with.
    expect(batches.length).toBeLessThanOrEqual(4);
    expect(new Set(batches.flat())).toEqual(new Set([at("a.ts"), at("b.ts")]));
  });

  it("sees a file that did not exist appear, also in a folder that did not exist", async () => {
    await watcher.set({ files: [], missing: [at("later.ts"), at("new/deep/later.ts")] }, start);
    writeFileSync(at("later.ts"), "");
    await seen(1);
    mkdirSync(at("new"));
    await seen(2);
    // A generation runs now, and names what it still misses: the watch moves down.
    await watcher.set({ files: [], missing: [at("new/deep/later.ts")] }, start);
    mkdirSync(at("new/deep"));
    await seen(3);
    await watcher.set({ files: [], missing: [at("new/deep/later.ts")] }, start);
    writeFileSync(at("new/deep/later.ts"), "");
    await seen(4);
  });

  it("sees a removal and the return of a file", async () => {
    writeFileSync(at("a.ts"), "1");
    await watcher.set({ files: [at("a.ts")], missing: [] }, start);
    rmSync(at("a.ts"));
    await seen(1);
    writeFileSync(at("a.ts"), "2");
    await seen(2);
  });

  it("never calls twice at once, and loses nothing that changes meanwhile", async () => {
    let open = 0;
    let most = 0;
    onChange = async () => {
      most = Math.max(most, ++open);
      await pause(150);
      open--;
    };
    writeFileSync(at("a.ts"), "");
    await watcher.set({ files: [at("a.ts")], missing: [] }, start);
    writeFileSync(at("a.ts"), "1");
    await seen(1);
    writeFileSync(at("a.ts"), "2");
    await seen(2);
    expect(most).toBe(1);
  });

  it("watches files that a later generation adds, and forgets dropped ones", async () => {
    mkdirSync(at("lib"));
    writeFileSync(at("a.ts"), "");
    writeFileSync(at("lib/b.ts"), "");
    await watcher.set({ files: [at("a.ts")], missing: [] }, start);
    await watcher.set({ files: [at("lib/b.ts")], missing: [] }, start);
    writeFileSync(at("a.ts"), "2");
    await pause(300);
    expect(batches).toEqual([]);
    writeFileSync(at("lib/b.ts"), "2");
    await seen(1);
    expect(batches).toEqual([[at("lib/b.ts")]]);
  });

  it("tells of what changed between the reading and the watch", async () => {
    const before = Date.now() - 10;
    writeFileSync(at("a.ts"), "");
    writeFileSync(at("b.ts"), "");
    await watcher.set({ files: [at("a.ts")], missing: [at("b.ts"), at("c.ts")] }, before);
    await seen(1);
    expect(batches).toEqual([[at("a.ts"), at("b.ts")]]);
  });
});
