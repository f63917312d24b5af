/** Finds and loads what a script may call: the generated registry, or the module that `--registry` names. */
import { existsSync } from "node:fs";
import { join, relative, resolve } from "node:path";
import type { ExcessProperties, Registry } from "../../model/registry.ts";
import { UsageError } from "../exit.ts";
import type { Io } from "../io.ts";
import { outputFolder, pickContract, resolveProject } from "../project.ts";
import { importUserModule } from "../user-module.ts";

interface RegistryFlags {
  readonly config?: string;
  readonly contract?: string;
  readonly registry?: string;
  readonly declaration?: string;
  readonly profile?: string;
  readonly mock?: boolean;
  readonly seed?: string;
}

export interface LoadedRegistry {
  readonly registry: Registry;
  /** Absolute path of the declaration the registry must fit; `null` when there is none to hold it against. */
  readonly declaration: string | null;
}

export async function loadRegistry(io: Io, flags: RegistryFlags): Promise<LoadedRegistry> {
  refuseMixed(flags);
  if (flags.registry !== undefined) {
    const file = resolve(io.cwd, flags.registry);
    const exported = await importUserModule(file, io.cwd);
    return {
      registry: pick(exported, relative(io.cwd, file)),
      declaration: flags.declaration === undefined ? null : existing(io, flags.declaration),
    };
  }
  if (flags.mock === true && flags.declaration !== undefined) {
    // All that an author without the host's project has: the contract lies beside the declaration.
    const declaration = existing(io, flags.declaration);
    return { registry: await mock(declaration, "refuse", flags.seed), declaration };
  }
  const project = await resolveProject(io, flags);
  const contract = pickContract(project, flags.contract);
  const folder = outputFolder(contract, flags.profile);
  const file = join(folder, flags.mock === true ? "contract.json" : "registry.ts");
  const shown = relative(io.cwd, file);
  if (!existsSync(file)) {
    throw new UsageError(`\`${shown}\` does not exist yet.`, "Run `isobind generate` first.");
  }
  const declaration =
    flags.declaration === undefined ? join(folder, "secure-exec.d.ts") : existing(io, flags.declaration);
  return {
    registry:
      flags.mock === true
        ? await mock(file, contract.excessProperties, flags.seed)
        : pick(await importUserModule(file, io.cwd), shown),
    declaration: existsSync(declaration) ? declaration : null,
  };
}

function refuseMixed({ mock, seed, registry }: RegistryFlags): void {
  if (seed !== undefined && mock !== true) {
    throw new UsageError("`--seed` is for the values of mocks.", "Add `--mock`.");
  }
  if (mock === true && registry !== undefined) {
    throw new UsageError("`--mock` answers instead of a registry.", "Leave out `--registry`, or `--mock`.");
  }
}

async function mock(
  file: string,
  excessProperties: ExcessProperties,
  seed: string | undefined,
): Promise<Registry> {
  if (seed !== undefined && !/^\d{1,15}$/.test(seed)) {
    throw new UsageError(`\`--seed ${seed}\` is not a whole number.`, "For example `--seed 7`.");
  }
  const { mockRegistry, TestingError } = await import("../../testing/index.ts");
  try {
    return mockRegistry(file, { excessProperties, ...(seed !== undefined && { seed: Number(seed) }) });
  } catch (error) {
    if (!(error instanceof TestingError)) throw error;
    throw new UsageError(error.message, "Run `isobind generate` to write it anew.");
  }
}

function existing(io: Io, flag: string): string {
  const file = resolve(io.cwd, flag);
  if (!existsSync(file)) throw new UsageError(`the declaration \`${flag}\` does not exist.`);
  return file;
}

/** The default export, or an export named `registry`. */
function pick(exported: { readonly [name: string]: unknown }, file: string): Registry {
  for (const candidate of [exported["default"], exported["registry"]]) {
    if (isRegistry(candidate)) return candidate;
  }
  if (typeof exported["createRegistry"] === "function") {
    throw new UsageError(
      `\`${file}\` needs the host functions before it is a registry, because its definition declares types only.`,
      "Write a module with `export default createRegistry({ … })` and name it: `isobind run script.ts --registry host.ts`.",
    );
  }
  throw new UsageError(
    `\`${file}\` does not export a registry.`,
    "Export one as default: `export default createRegistry({ … })`, or `defineRegistry({ … })` from `isobind/registry`.",
  );
}

function isRegistry(value: unknown): value is Registry {
  return typeof value === "object" && value !== null && "kind" in value && value.kind === "isobind-registry";
}
