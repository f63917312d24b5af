/** What stands in for host functions: mocks (`--mock`), a recording (`--replay`), and the recording of a run (`--record`). */
import { resolve } from "node:path";
import type { ExcessProperties, Registry } from "../../model/registry.ts";
import { UsageError } from "../exit.ts";
import type { Io } from "../io.ts";

export interface StandInFlags {
  readonly mock?: boolean;
  readonly seed?: string;
  readonly record?: string;
  readonly replay?: string;
  readonly registry?: string;
}

/** Refuses flags that answer the same call in different ways. */
export function refuseMixed({ mock, seed, replay, record, registry }: StandInFlags): void {
  if (seed !== undefined && mock !== true) {
    throw new UsageError("`--seed` is for the values of mocks.", "Add `--mock`.");
  }
  const answering = [
    ...(mock === true ? ["--mock"] : []),
    ...(replay === undefined ? [] : ["--replay"]),
    ...(registry === undefined ? [] : ["--registry"]),
  ].map((flag) => `\`${flag}\``);
  if (answering.length > 1) {
    throw new UsageError(`${answering.join(" and ")} both say what answers.`, "Leave out all but one.");
  }
  if (replay !== undefined && record !== undefined) {
    throw new UsageError("`--replay` has nothing new to record.", "Leave out `--record`, or `--replay`.");
  }
}

/** The number of `--seed`, for whoever makes values. */
export const seedOption = ({ seed }: StandInFlags): { readonly seed?: number } =>
  seed === undefined ? {} : { seed: Number(seed) };

/** Mocks of the contract in a file, or beside a declaration. */
export async function mocked(
  file: string,
  excessProperties: ExcessProperties,
  seed: string | undefined,
): Promise<Registry> {
  if (seed !== undefined && !/^\d{1,15}$/.test(seed)) {
    throw new UsageError(`\`--seed ${seed}\` is not a whole number.`, "For example `--seed 7`.");
  }
  return standIn("Run `isobind generate` to write it anew.", ({ mockRegistry }) =>
    mockRegistry(file, { excessProperties, ...(seed !== undefined && seedOption({ seed })) }),
  );
}

export function replayed(io: Io, file: string): Promise<Registry> {
  return standIn("Write one with `isobind run script.ts --record calls.jsonl`.", ({ replay }) =>
    replay(resolve(io.cwd, file)),
  );
}

export function recorded(io: Io, registry: Registry, file: string): Promise<Registry> {
  return standIn("Name a file that can be written.", ({ record }) => record(registry, resolve(io.cwd, file)));
}

async function standIn(
  help: string,
  make: (testing: typeof import("../../testing/index.ts")) => Registry,
): Promise<Registry> {
  const testing = await import("../../testing/index.ts");
  try {
    return make(testing);
  } catch (error) {
    if (!(error instanceof testing.TestingError)) throw error;
    throw new UsageError(error.message, help);
  }
}
