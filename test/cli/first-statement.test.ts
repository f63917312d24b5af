/** Where `--inspect-brk` stops, as V8 has it: a breakpoint at the first statement stops in the script itself, and in none of its functions. */
import { Session, type Debugger } from "node:inspector";
import { Script } from "node:vm";
import { afterAll, beforeAll, expect, it } from "vitest";
import { firstStatement } from "../../src/cli/run/inspect/first-statement.ts";

const session = new Session();
beforeAll(() => {
  session.connect();
  session.post("Debugger.enable");
});
afterAll(() => session.disconnect());

/** The line and column of the first stop, and the function it is in: none for the script itself. */
function stopOf(source: string): string {
  const url = `file:///${encodeURIComponent(source)}.js`;
  session.post("Debugger.setBreakpointByUrl", { url, ...firstStatement(source) });
  let stop = "none";
  const paused = ({ params }: { params: Debugger.PausedEventDataType }): void => {
    const { functionName, location } = params.callFrames[0]!;
    if (stop === "none") stop = `${location.lineNumber}:${location.columnNumber} ${functionName}`.trim();
  };
  session.on("Debugger.paused", paused);
  try {
    new Script(source, { filename: url }).runInThisContext();
  } finally {
    session.off("Debugger.paused", paused);
  }
  return stop;
}

it.each([
  ["1;", "0:0"],
  ["function f() { return 1; }\nf();", "1:0"],
  ["var f = () => 1;\nf();", "0:8"],
  ["var { map = () => 1 } = {};\nmap();", "0:24"],
  ["var { [(() => 'a')()]: a } = {};", "0:29"],
  ["var [x = (y) => { return y; }] = [];\nx(1);", "0:33"],
  ["var { a = () => 1, b = a() } = {};", "0:31"],
  ["var v, { w = () => 1 } = {};\nw();", "0:25"],
  ["for (const { a = () => 1 } of [{}]) a();", "0:30"],
  ["for (const k in { a: 1 }) k;", "0:16"],
  ["for (let { a = () => 1 } = {}, i = 0; i < 1; i++) a();", "0:27"],
  ["{ const { a = () => 1 } = {}; a(); }", "0:26"],
  ["try { const { a = () => 1 } = {}; a(); } finally { }", "0:30"],
  ["l: { const { a = () => 1 } = {}; a(); }", "0:29"],
  ["{ }\n1;", "1:0"],
])("%j stops at %s", (source, place) => {
  expect(stopOf(source)).toBe(place);
});
