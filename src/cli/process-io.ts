/** Gives commands the real process as their `Io`. */
import { writeSync } from "node:fs";
import { reasonOf } from "../files/system-error.ts";
import type { Io } from "./io.ts";
import { plainOut } from "./plain-out.ts";

/** Warnings of Node that are about how we load the user's TypeScript, and that the user can do nothing about. */
const expected = new Set(["MODULE_TYPELESS_PACKAGE_JSON"]);
const expectedText = /^(Type Stripping|stripTypeScriptTypes|SQLite) is an experimental feature/;

/** Wraps `process`; `leave` ends it when everything written has left it. */
export function processIo(process: NodeJS.Process): Io & { leave(code: number): Promise<void> } {
  silenceExpectedWarnings(process);
  const opened = new Set<NodeJS.WriteStream>();
  const open = (stream: NodeJS.WriteStream): NodeJS.WriteStream => {
    if (!opened.has(stream)) stream.on("error", endUnwritten);
    opened.add(stream);
    return stream;
  };
  let isStuck = false;
  const end = (code: number): void => {
    // The exit of a process waits for all of its threads.
    if (isStuck) process.kill(process.pid, "SIGKILL");
    else process.exit(code);
  };
  const plain = plainOut(process.platform, () => open(process.stdout));
  return {
    cwd: currentFolder(process),
    env: process.env,
    // Each of these opens its stream when it is first read; most commands never read stdin.
    get stdin() {
      return process.stdin;
    },
    get stdout() {
      return plain ?? open(process.stdout);
    },
    ownStdout() {
      const stream = open(process.stdout);
      const write = stream.write.bind(stream);
      stream.write = process.stderr.write.bind(process.stderr);
      // Few commands need streams, and all of them would wait for an import.
      const { Writable } = process.getBuiltinModule("node:stream");
      return new Writable({
        decodeStrings: false,
        write: (text: string, _encoding, done) => void write(text, done),
      });
    },
    get stderr() {
      return open(process.stderr);
    },
    interrupt() {
      const controller = new AbortController();
      const stop = (): void => {
        if (controller.signal.aborted) end(130);
        controller.abort();
      };
      process.on("SIGINT", stop);
      process.on("SIGTERM", stop);
      return controller.signal;
    },
    stuck() {
      isStuck = true;
    },
    async leave(code) {
      for (const stream of opened) {
        await new Promise<void>((resolve) => void stream.write("", () => resolve()));
      }
      end(code);
    },
  };
}

/** Of a folder that was removed or replaced the shell still knows the name; the command then says what it does not find there. */
function currentFolder(process: NodeJS.Process): string {
  try {
    return process.cwd();
  } catch {
    return process.env["PWD"] ?? "/";
  }
}

function endUnwritten(error: NodeJS.ErrnoException): void {
  // `isobind explain | head`: who stops reading has what they wanted.
  if (error.code === "EPIPE") process.exit(0);
  try {
    writeSync(2, `error: what was to be printed could not be written: ${reasonOf(error)}.\n`);
  } catch {
    // It was standard error, or that has no room either.
  }
  process.exit(2);
}

function silenceExpectedWarnings(process: NodeJS.Process): void {
  const listeners = process.listeners("warning");
  process.removeAllListeners("warning");
  process.on("warning", (warning) => {
    const code = "code" in warning && typeof warning.code === "string" ? warning.code : "";
    if (expected.has(code) || expectedText.test(warning.message)) return;
    for (const listener of listeners) listener(warning);
  });
}
