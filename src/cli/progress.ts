/**
 * Shows one line on a terminal's stderr that says what is being done, how far it is and for how long, while it takes long enough to
 * wonder. It is gone at the end, and off a terminal there is nothing of it.
 */
import type { Io } from "./io.ts";

/** Shorter work shows nothing: a line that flashes by is noise. */
const patienceMs = 150;
/** A line that is drawn for each of a thousand scripts would take longer than they. */
const drawMs = 80;

export interface Progress {
  /** A phase begins, of a contract when there are several. Phases block the event loop, so this is the only moment to draw. */
  begin(phase: string, of?: string): void;
  /** So many of so many are done: `checking scripts: 120 of 400, 3 s`. */
  count(what: string, done: number, all: number): void;
  end(): void;
}

const phrases: Readonly<Record<string, string>> = {
  recall: "looking for changes",
  load: "loading the config",
  read: "reading the definition",
  check: "checking the rules",
  emit: "emitting",
  write: "writing",
};

export function progress(io: Io): Progress {
  const started = Date.now();
  let drawn = 0;
  const draw = (text: string): void => {
    const now = Date.now();
    // The clock first: looking at stderr opens it, and a run that is over at once never needs it.
    if (now - started < patienceMs || io.stderr.isTTY !== true) return;
    drawn = now;
    const seconds = Math.floor((now - started) / 1_000);
    const line = seconds === 0 ? text : `${text}, ${seconds} s`;
    // A line that breaks could not be taken back.
    io.stderr.write(`\r\u001b[2K${line.slice(0, Math.max(20, (io.stderr.columns ?? 80) - 3))} …`);
  };
  return {
    begin: (phase, of) => draw(`${phrases[phase] ?? phase}${of === undefined ? "" : ` of ${of}`}`),
    count(what, done, all) {
      if (Date.now() - drawn >= drawMs) draw(`${what}: ${done} of ${all}`);
    },
    end() {
      if (drawn > 0) io.stderr.write("\r\u001b[2K");
      drawn = 0;
    },
  };
}
