/** What `isobind worker` prints of each job. */
import { createInterface } from "node:readline";
import { Readable } from "node:stream";
import { expect, it } from "vitest";
import type { Io } from "../../src/cli/io.ts";
import { jsonLines, textLines } from "../../src/cli/worker/job-lines.ts";
import type { JobReport } from "../../src/queue/index.ts";

const stats = {
  wallMs: 5,
  queuedMs: 0,
  cpuMs: 4,
  heapBytes: 1,
  calls: 2,
  argumentBytes: 0,
  resultBytes: 0,
  consoleBytes: 0,
  detached: 0,
};
const own = { id: "j1", filename: "month.js", tenant: "Ada", wallMs: 12.4 };
const error = { name: "TypeError", message: "x is\nno function\u001b[2J", stack: "at month.js:1:1" };
const reports: readonly JobReport[] = [
  { id: "j1", filename: undefined, tenant: undefined, event: "started" },
  { ...own, event: "ended", outcome: { status: "ok", exports: { default: 3 }, stats } },
  { ...own, event: "ended", outcome: { status: "error", error, stats } },
  { ...own, event: "ended", outcome: { status: "cancelled", reason: "not needed" } },
  {
    ...own,
    event: "suspended",
    waits: [
      { call: 3, path: ["bank", "pay"], for: "approval", arguments: ["Ada"], reason: undefined },
      { call: 4, path: ["sign"], for: "suspend", arguments: [], reason: "secret" },
    ],
  },
  { ...own, event: "failed", reason: "ERR_JOURNAL_FAILED: The journal could not be written" },
  { ...own, event: "parked", reason: "Its worker was lost 3 times" },
  { ...own, event: "given back" },
];

function print(lines: typeof textLines, env: Io["env"] = {}): { stdout: string; stderr: string } {
  const said = { stdout: "", stderr: "" };
  const to = (stream: "stdout" | "stderr"): object => ({ write: (text: string) => (said[stream] += text) });
  const tell = lines({ stdout: to("stdout"), stderr: to("stderr"), env } as unknown as Io);
  for (const report of reports) tell(report);
  return said;
}

it("is a line on standard error, in which nothing of a script does anything", () => {
  expect(print(textLines)).toEqual({
    stdout: "",
    stderr: `started j1
ended j1 (month.js): ok, 12 ms
ended j1 (month.js): error, 12 ms: TypeError: x is\\u{a}no function\\u{1b}[2J
ended j1 (month.js): cancelled, 12 ms: not needed
suspended j1 (month.js), 12 ms: bank.pay waits for an approval, sign waits for an answer
failed j1 (month.js), 12 ms, and is tried again: ERR_JOURNAL_FAILED: The journal could not be written
parked j1 (month.js), 12 ms: Its worker was lost 3 times
given back j1 (month.js), 12 ms
`,
  });
});

it("is one line for whoever reads it, whatever ends a line there or turns its direction", async () => {
  const message = `gone\u2028{"event":"ended"}\u2029\u0085\u202e\u200f\ufeff\r\n\ud800`;
  const written: string[] = [];
  const io = { stdout: { write: (text: string) => written.push(text) } } as unknown as Io;
  jsonLines(io)({ ...own, event: "failed", reason: message });
  const lines: string[] = [];
  for await (const line of createInterface(Readable.from(written))) lines.push(line);
  expect(lines).toHaveLength(1);
  expect(lines[0]).toMatch(/^[ -~]*$/);
  expect(JSON.parse(lines[0]!)).toMatchObject({ reason: message });
});

it("is no longer than a reader of logs takes, whatever a script or a tenant has chosen", () => {
  const long = "x".repeat(1_000_000);
  const said: string[] = [];
  const stream = { write: (text: string) => said.push(text) };
  const io = { stdout: stream, stderr: stream, env: {} } as unknown as Io;
  const outcome = { status: "error", error: { ...error, message: long }, stats } as const;
  for (const tell of [textLines(io), jsonLines(io)])
    tell({ id: "j1", filename: long, tenant: long, wallMs: 1, event: "ended", outcome });
  expect(said.map(({ length }) => length < 8_000)).toEqual([true, true]);
});

it("is an object on standard output, without exports and arguments", () => {
  const { stdout, stderr } = print(jsonLines);
  const lines = stdout.trimEnd().split("\n");
  const told = { id: "j1", filename: "month.js", tenant: "Ada", wallMs: 12 };
  const { stack: _, ...shown } = error;
  expect(stderr).toBe("");
  expect(lines.map((line) => JSON.parse(line) as object)).toEqual(
    [
      { id: "j1", filename: null, tenant: null, event: "started" },
      { ...told, event: "ended", status: "ok", stats },
      { ...told, event: "ended", status: "error", error: { ...shown, code: null }, stats },
      { ...told, event: "ended", status: "cancelled", reason: "not needed" },
      {
        ...told,
        event: "suspended",
        waits: [
          { call: 3, path: ["bank", "pay"], for: "approval" },
          { call: 4, path: ["sign"], for: "suspend" },
        ],
      },
      { ...told, event: "failed", reason: "ERR_JOURNAL_FAILED: The journal could not be written" },
      { ...told, event: "parked", reason: "Its worker was lost 3 times" },
      { ...told, event: "given back" },
    ].map((line) => ({ ...line, time: expect.stringMatching(/^\d{4}-.*Z$/) as string })),
  );
});
