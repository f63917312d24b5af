/** Io of the real process. */
import type { Io } from "./io.ts";

/** Warnings of Node that are about how we load the user's TypeScript, and that the user can do nothing about. */
const expected = new Set(["MODULE_TYPELESS_PACKAGE_JSON"]);
const expectedText = /^(Type Stripping|stripTypeScriptTypes|SQLite) is an experimental feature/;

/** Wraps `process`; `flush` resolves when everything written has left it. */
export function processIo(process: NodeJS.Process): Io & { flush(): Promise<void> } {
  silenceExpectedWarnings(process);
  return {
    cwd: process.cwd(),
    env: process.env,
    stdin: process.stdin,
    stdout: process.stdout,
    stderr: process.stderr,
    interrupt() {
      const controller = new AbortController();
      const stop = (): void => {
        if (controller.signal.aborted) process.exit(130);
        controller.abort();
      };
      process.on("SIGINT", stop);
      process.on("SIGTERM", stop);
      return controller.signal;
    },
    async flush() {
      for (const stream of [process.stdout, process.stderr]) {
        await new Promise<void>((resolve) => void stream.write("", () => resolve()));
      }
    },
  };
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
