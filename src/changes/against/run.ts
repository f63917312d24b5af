/**
 * Runs git or npm and hands back what it said. Never through a shell, so no argument can be more than an argument.
 */
import { execFile } from "node:child_process";

export interface Output {
  readonly code: number | null;
  readonly stdout: Buffer;
  readonly stderr: string;
  /** The program itself is not there. */
  readonly isMissing: boolean;
}

/** A contract.json of 64 leaves is some 100 KiB; a published package a few MiB. */
const maxBytes = 256 * 1024 * 1024;

/** A fetch of a package, or of what a partial clone lacks. */
const timeoutMs = 60_000;

export function runTool(
  file: string,
  args: readonly string[],
  cwd: string,
  { env }: { readonly env?: NodeJS.ProcessEnv } = {},
): Promise<Output> {
  return new Promise((resolve) => {
    // npm is a batch file on Windows, which only a shell starts; its arguments were checked by the caller.
    const shell = process.platform === "win32" && file === "npm";
    execFile(
      file,
      [...args],
      { cwd, env, encoding: "buffer", maxBuffer: maxBytes, timeout: timeoutMs, shell },
      (error, stdout, stderr) => {
        const isMissing = (error as NodeJS.ErrnoException | null)?.code === "ENOENT";
        const code = error === null ? 0 : typeof error.code === "number" ? error.code : null;
        resolve({ code, stdout, stderr: stderr.toString("utf8"), isMissing });
      },
    );
  });
}
