import { afterEach, beforeEach, expect, it, vi } from "vitest";
import { Readable } from "node:stream";
import { createScriptChecker } from "../../src/scripts/typecheck/check-scripts.ts";
import type { Io } from "../../src/cli/io.ts";
import { progress } from "../../src/cli/progress.ts";

beforeEach(() => void vi.useFakeTimers({ toFake: ["Date"] }));
afterEach(() => void vi.useRealTimers());

/** What stands on the line at each moment; an empty text when it is gone. */
function terminal(isTTY: boolean, columns = 80): { io: Io; lines: string[] } {
  const lines: string[] = [];
  const write = (text: string): void => void lines.push(text.replace("\r\u001b[2K", ""));
  const out = { isTTY, columns, write };
  const io = {
    cwd: "/",
    env: {},
    stdin: Readable.from([]),
    stdout: out,
    stderr: out,
    interrupt: () => new AbortController().signal,
  } as unknown as Io;
  return { io, lines };
}

const after = (ms: number): void => void vi.setSystemTime(Date.now() + ms);

it("says what is done, how far it is and for how long, and leaves nothing behind", () => {
  const { io, lines } = terminal(true);
  const line = progress(io);
  line.begin("load");
  after(200);
  line.begin("read", "billing");
  after(100);
  line.count("checking scripts", 3, 400);
  after(10);
  line.count("checking scripts", 4, 400);
  after(3_000);
  line.count("checking scripts", 120, 400);
  line.end();
  expect(lines).toEqual([
    "reading the definition of billing …",
    "checking scripts: 3 of 400 …",
    "checking scripts: 120 of 400, 3 s …",
    "",
  ]);
});

it("never breaks its line", () => {
  const { io, lines } = terminal(true, 40);
  const line = progress(io);
  after(200);
  line.begin("read", "a".repeat(100));
  expect(lines.map(({ length }) => length)).toEqual([39]);
});

it("writes nothing off a terminal, and nothing for what is quick", () => {
  const file = terminal(false);
  const line = progress(file.io);
  after(5_000);
  line.count("checking scripts", 1, 2);
  line.end();
  const quick = terminal(true);
  const short = progress(quick.io);
  short.count("checking scripts", 2, 2);
  short.end();
  expect([file.lines, quick.lines]).toEqual([[], []]);
});

it("is told of each script that is checked", () => {
  const done: number[] = [];
  const scripts = ["a.ts", "b.ts", "c.ts"].map((file) => ({ file, text: "export default 1;" }));
  createScriptChecker().check(scripts, "declare const SecureExec: { readonly bindings: {} };", {
    onChecked: (count) => done.push(count),
  });
  expect(done).toEqual([1, 2, 3]);
});
