/**
 * Prints what becomes of the jobs of `isobind worker`, a line each: words on standard error for people, JSON on standard output for programs.
 */
import { visible } from "../../model/names.ts";
import type { JobReport, OnJob } from "../../queue/index.ts";
import type { Io } from "../io.ts";
import { guestJson, guestText } from "../run/guest-text.ts";

/** Longer texts of a script or a store are cut: a line is read at a glance. */
const mostLetters = 300;

/** As many of one text in a line for programs: readers of logs cut or break up long lines, and a script chooses how long its error is. */
const mostInJson = 2_000;

/** `started 7f3a (report.ts)`, `ended 7f3a (report.ts): ok, 12 ms`, `parked 7f3a, 3 ms: Its worker was lost 3 times …` */
export function textLines(io: Io): OnJob {
  return (report) => void io.stderr.write(`${guestText(textOf(report), io.env)}\n`);
}

function textOf(report: JobReport): string {
  const script = report.filename === undefined ? "" : ` (${short(report.filename)})`;
  const line = `${report.event} ${short(report.id)}${script}`;
  switch (report.event) {
    case "started":
      return line;
    case "ended":
      return `${line}: ${report.outcome.status}, ${inMs(report)}${whyOf(report.outcome)}`;
    case "suspended":
      return `${line}, ${inMs(report)}: ${report.waits.map(waitOf).join(", ")}`;
    case "failed":
      return `${line}, ${inMs(report)}, and is tried again: ${short(report.reason)}`;
    case "parked":
      return `${line}, ${inMs(report)}: ${short(report.reason)}`;
    case "given back":
      return `${line}, ${inMs(report)}`;
  }
}

type Outcome = Extract<JobReport, { readonly event: "ended" }>["outcome"];

function whyOf(outcome: Outcome): string {
  if (outcome.status === "ok") return "";
  if (outcome.status === "cancelled") return `: ${short(outcome.reason)}`;
  return `: ${short(`${outcome.error.name}: ${outcome.error.message}`)}`;
}

/** `pay waits for an approval` */
function waitOf({ path, for: what }: { readonly path: readonly string[]; readonly for: string }): string {
  return `${short(path.join("."))} waits for ${what === "approval" ? "an approval" : "an answer"}`;
}

function inMs({ wallMs }: { readonly wallMs: number }): string {
  return `${Math.round(wallMs)} ms`;
}

function short(text: string): string {
  return visible(cut(text, mostLetters));
}

function cut(text: string, most: number): string {
  return text.length > most ? `${text.slice(0, most)}…` : text;
}

/** Every line has `time`, `event`, `id`, `filename` and `tenant`. Exports are left out, and texts cut at 2,000 letters: `queue.outcome(id)` gives them. */
export function jsonLines(io: Io): OnJob {
  return (report) => {
    const { event, id, filename = null, tenant = null } = report;
    const line = { time: new Date().toISOString(), event, id, filename, tenant, ...moreOf(report) };
    io.stdout.write(`${guestJson(JSON.stringify(line, shortened))}\n`);
  };
}

function shortened(_key: string, value: unknown): unknown {
  return typeof value === "string" ? cut(value, mostInJson) : value;
}

function moreOf(report: JobReport): object {
  if (report.event === "started") return {};
  const wallMs = Math.round(report.wallMs);
  switch (report.event) {
    case "ended":
      return { wallMs, ...outcomeOf(report.outcome) };
    case "suspended":
      return { wallMs, waits: report.waits.map(({ call, path, for: what }) => ({ call, path, for: what })) };
    case "failed":
    case "parked":
      return { wallMs, reason: report.reason };
    case "given back":
      return { wallMs };
  }
}

function outcomeOf(outcome: Outcome): object {
  const { status } = outcome;
  if (status === "cancelled") return { status, reason: outcome.reason };
  if (status === "ok") return { status, stats: outcome.stats };
  const { name, message, code = null } = outcome.error;
  return { status, error: { name, message, code }, stats: outcome.stats };
}
