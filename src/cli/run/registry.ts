/** Finds and loads what a script may call: the generated registry, or the module that `--registry` names. */
import { existsSync } from "node:fs";
import { join, relative, resolve } from "node:path";
import type { Registry } from "../../model/registry.ts";
import { UsageError } from "../exit.ts";
import type { Io } from "../io.ts";
import { generatedFile, namedDeclaration, outputFolder, pickContract, resolveProject } from "../project.ts";
import { importUserModule } from "../user-module.ts";
import { mocked, recorded, refuseMixed, replayed, type StandInFlags } from "./stand-in.ts";

interface RegistryFlags extends StandInFlags {
  readonly config?: string;
  readonly contract?: string;
  readonly declaration?: string;
  readonly profile?: string;
}

export interface LoadedRegistry {
  readonly registry: Registry;
  /** Absolute path of the declaration the registry must fit; `null` when there is none to hold it against. */
  readonly declaration: string | null;
}

export async function loadRegistry(io: Io, flags: RegistryFlags): Promise<LoadedRegistry> {
  refuseMixed(flags);
  const loaded = await load(io, flags);
  if (flags.record === undefined) return loaded;
  return { ...loaded, registry: await recorded(io, loaded.registry, flags.record) };
}

async function load(io: Io, flags: RegistryFlags): Promise<LoadedRegistry> {
  if (flags.replay !== undefined) {
    const declaration = flags.declaration === undefined ? null : namedDeclaration(io, flags.declaration);
    return { registry: await replayed(io, flags.replay), declaration };
  }
  if (flags.registry !== undefined) {
    const file = resolve(io.cwd, flags.registry);
    const exported = await importUserModule(file, io.cwd);
    return {
      registry: pick(exported, relative(io.cwd, file)),
      declaration: flags.declaration === undefined ? null : namedDeclaration(io, flags.declaration),
    };
  }
  if (flags.mock === true && flags.declaration !== undefined) {
    // All that an author without the host's project has: the contract lies beside the declaration.
    const declaration = namedDeclaration(io, flags.declaration);
    return { registry: await mocked(declaration, "refuse", flags.seed), declaration };
  }
  const project = await resolveProject(io, flags);
  const contract = pickContract(project, flags.contract);
  const folder = outputFolder(contract, flags.profile);
  const file = generatedFile(io, folder, flags.mock === true ? "contract.json" : "registry.ts");
  const declaration =
    flags.declaration === undefined
      ? join(folder, "secure-exec.d.ts")
      : namedDeclaration(io, flags.declaration);
  return {
    registry:
      flags.mock === true
        ? await mocked(file, contract.excessProperties, flags.seed)
        : pick(await importUserModule(file, io.cwd), relative(io.cwd, file)),
    declaration: existsSync(declaration) ? declaration : null,
  };
}

/** The default export, or an export named `registry`. */
function pick(exported: { readonly [name: string]: unknown }, file: string): Registry {
  for (const candidate of [exported["default"], exported["registry"]]) {
    if (isRegistry(candidate)) return candidate;
  }
  if (typeof exported["createRegistry"] === "function") {
    throw new UsageError(
      `\`${file}\` needs the host functions before it is a registry, because its definition declares types only.`,
      "Write a module with `export default createRegistry({ … })` and name it: `--registry host.ts`.",
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
