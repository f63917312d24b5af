/** An Io for tests: runs a command in place and keeps what it printed. */
import { Readable, Writable } from "node:stream";
import { cli } from "../../src/cli/cli.ts";

export interface Ran {
  readonly code: number;
  readonly stdout: string;
  readonly stderr: string;
}

export interface Setting {
  readonly cwd?: string;
  readonly env?: Record<string, string>;
  readonly stdin?: string;
  readonly isTTY?: boolean;
  /** Whether a person types, and no program. */
  readonly stdinIsTTY?: boolean;
  readonly signal?: AbortSignal;
  /** Sees stdout as it is written. */
  readonly onStdout?: (text: string) => void;
  readonly onStderr?: (text: string) => void;
}

/** `isobind(["check"], { cwd })`: what a person would type, without a process. */
export async function isobind(argv: readonly string[], setting: Setting = {}): Promise<Ran> {
  let stdout = "";
  let stderr = "";
  const isTTY = setting.isTTY ?? false;
  const code = await cli(argv, {
    cwd: setting.cwd ?? process.cwd(),
    env: setting.env ?? {},
    stdin: Object.assign(Readable.from(setting.stdin === undefined ? [] : [setting.stdin]), {
      isTTY: setting.stdinIsTTY ?? false,
    }),
    stdout: {
      isTTY,
      write(text) {
        stdout += text;
        setting.onStdout?.(text);
      },
    },
    ownStdout: () =>
      new Writable({
        decodeStrings: false,
        write(text: string, _encoding, done) {
          stdout += text;
          done();
        },
      }),
    stderr: {
      isTTY,
      write(text) {
        stderr += text;
        setting.onStderr?.(text);
      },
    },
    interrupt: () => setting.signal ?? new AbortController().signal,
    stuck: () => {},
  });
  return { code, stdout, stderr };
}
