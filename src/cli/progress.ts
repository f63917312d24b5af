/** Shows one line on a terminal's stderr that says what is being done, while it takes long enough to wonder. */
import type { Io } from "./io.ts";

/** Shorter work shows nothing: a line that flashes by is noise. */
const patienceMs = 150;

export interface Progress {
  /** A phase begins. Phases block the event loop, so this is the only moment to draw. */
  begin(phase: string): void;
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
  let isDrawn = false;
  return {
    begin(phase) {
      // The clock first: looking at stderr opens it, and a run that is over at once never needs it.
      if (Date.now() - started < patienceMs || io.stderr.isTTY !== true) return;
      io.stderr.write(`\r\u001b[2K${phrases[phase] ?? phase} …`);
      isDrawn = true;
    },
    end() {
      if (isDrawn) io.stderr.write("\r\u001b[2K");
      isDrawn = false;
    },
  };
}
