/** Reads `--globals`, and with `--mock` makes what was not given: the data that every script finds in its global scope. */
import type { Registry } from "../../model/registry.ts";
import { UsageError } from "../exit.ts";
import type { Io } from "../io.ts";
import { readInput } from "./input.ts";
import { seedOption } from "./stand-in.ts";

interface GlobalsFlags {
  readonly globals?: string;
  readonly mock?: boolean;
  readonly seed?: string;
}

/** `undefined` for none. */
export async function readGlobals(
  io: Io,
  flags: GlobalsFlags,
  registry: Registry,
): Promise<Readonly<Record<string, unknown>> | undefined> {
  const given = flags.globals === undefined ? undefined : await readInput(io, flags.globals, "globals");
  if (given !== undefined && (typeof given !== "object" || given === null || Array.isArray(given)))
    throw new UsageError(
      "`--globals` is no object of names and values.",
      `Write \`--globals '{"region":"eu"}'\`.`,
    );
  const values = given as Readonly<Record<string, unknown>> | undefined;
  if (flags.mock !== true || registry.globals === undefined) return values;
  const { mockGlobals, TestingError } = await import("../../testing/index.ts");
  try {
    return mockGlobals(registry, {
      ...(values !== undefined && { overrides: values }),
      ...seedOption(flags),
    });
  } catch (error) {
    if (!(error instanceof TestingError)) throw error;
    throw new UsageError(error.message, "Say with `--globals` what scripts find.");
  }
}
