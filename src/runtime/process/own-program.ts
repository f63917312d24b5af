/**
 * Keeps a program from being its own worker. Workers are started with `process.execPath`, which is Node, except where a
 * program was made into one executable: there it is the program, which would start itself, and that one itself, without end.
 */
import { writeSync } from "node:fs";
import { SandboxError } from "../errors.ts";
import { lastWords } from "./wire/last-words.ts";
import { workerMark } from "./wire/mark.ts";

/** What is asked about this process. */
export interface Program {
  readonly mark: string | undefined;
  /** What `process.execPath` is when it is not Node; `null` when it is. */
  readonly packed: string | null;
}

/**
 * Throws a `SandboxError` (code `ERR_ENGINE_HOST`) where a worker would be this program again. `execPath`: the program of the workers, when its owner
 * has named one.
 */
export function checkOwnProgram(execPath: string | undefined, program: Program = thisProgram()): void {
  const { mark, packed } = program;
  if (mark !== undefined) {
    throw refusal(
      "This program was started as a worker of a sandbox, and a worker makes no workers. Is the sandbox's `execPath` this program and not Node? Then give " +
        `it the path of a Node executable. (Programs that a worker's functions start should be started without ${workerMark} in their environment.)`,
    );
  }
  if (packed !== null && execPath === undefined) {
    throw refusal(
      `This program is ${packed}, so that \`process.execPath\` is the program itself and not Node, which workers need: give \`execPath\`, the path of a Node executable.`,
    );
  }
}

function thisProgram(): Program {
  return { mark: process.env[workerMark], packed: packedAs() };
}

function packedAs(): string | null {
  if (process.getBuiltinModule("node:sea")?.isSea()) return "a single executable";
  if (process.versions["electron"] !== undefined) return "run by Electron";
  return "pkg" in process ? "packed by pkg" : null;
}

function refusal(message: string): SandboxError {
  return new SandboxError("ERR_ENGINE_HOST", message);
}

/**
 * Tells a supervisor that waits for a worker that this program is none, whether it makes a sandbox at its start or ever. Called where sandboxes are
 * made as soon as that is loaded, which a worker's own program never does before it has changed its mark.
 */
export function tellSupervisor({ mark }: Pick<Program, "mark"> = thisProgram()): void {
  if (mark !== String(process.ppid)) return;
  try {
    writeSync(2, `${lastWords.program}\n`);
  } catch {
    // Nobody reads it: then nobody waits.
  }
}
