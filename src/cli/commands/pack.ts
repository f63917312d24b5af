/** `isobind pack`: an npm package for the people who write scripts, with the version that its changes ask for. */
import { existsSync, readFileSync } from "node:fs";
import { dirname, join, relative, resolve } from "node:path";
import type { Command } from "commander";
import { counted } from "../../model/counted.ts";
import type { ResolvedConfig, ResolvedContract } from "../../config/resolved.ts";
import { upward } from "../../files/upward.ts";
import type { Json } from "../../model/json.ts";
import { isPackageName } from "../../model/package-name.ts";
import { exitCodeOf, UsageError, type ExitCode } from "../exit.ts";
import { printFindings } from "../findings.ts";
import type { Io } from "../io.ts";
import { examples } from "../examples.ts";
import { profileOption, projectOptions, type ProjectFlags } from "../options.ts";
import { readSource } from "../pack/source.ts";
import { proposeVersion } from "../pack/propose-version.ts";
import { refuseForeign, writePackage } from "../pack/write.ts";
import { outputFolder, pickContract, profilesIn, resolveProject } from "../project.ts";

interface PackFlags extends ProjectFlags {
  readonly profile?: string;
  readonly name?: string;
  readonly out?: string;
  readonly against?: string;
  readonly packageVersion?: string;
  readonly tarball?: boolean;
  readonly force?: boolean;
}

export function define(command: Command): void {
  profileOption(projectOptions(command))
    .option("-o, --out <folder>", "where to write it (default: `pack.out` of the config, or script-package)")
    .option("--name <name>", "its name (default: `pack.name` of the config)")
    .option(
      "--against <package>",
      "what was published: npm:name, npm:name@version, a folder or a .tgz (default: what is in the folder)",
    )
    .option("--package-version <version>", "its version, instead of the one that the changes ask for")
    .option("--tarball", "also pack it, beside its folder")
    .option("--force", "replace a folder that `pack` has not written");
  examples(
    command,
    [
      ["isobind pack --name @acme/scripts", "into script-package"],
      ["isobind pack --against npm:@acme/scripts", "with the version that comes after the published one"],
      ["isobind pack --profile pro --tarball", "what the scripts of a profile need, packed"],
    ],
    [
      "A contract with profiles gives a package for each: <name>-<profile>, in a folder of its name.",
      "Breaking changes are a major step, compatible ones a minor, documentation a patch, as `isobind diff` says.",
      "Exit codes: 0 written, 1 the definition has findings or the output is stale, 2 usage, configuration or no definition.",
    ].join("\n"),
  );
}

export async function run(io: Io, command: Command): Promise<ExitCode> {
  const flags = command.opts<PackFlags>();
  const project = await resolveProject(io, flags);
  const contract = pickContract(project, flags.contract);
  // What is packed is what the definition says now.
  const { check } = await import("../../generator/generate.ts");
  const checked = await check(flags.config, { cwd: io.cwd, contract: contract.name });
  if (!checked.ok) {
    await printFindings(io, checked, { format: "text", root: checked.root });
    return exitCodeOf(checked);
  }
  const profiles = flags.profile === undefined ? profilesIn(contract.outDir) : [flags.profile];
  const wanted = profiles.length === 0 ? [undefined] : profiles;
  const many = wanted.length > 1;
  if (many && flags.against !== undefined) {
    throw new UsageError(
      "`--against` names one package, and this contract has several profiles.",
      "Name one with `--profile`.",
    );
  }
  for (const profile of wanted)
    await packOne(io, {
      flags,
      project,
      contract,
      profile,
      isInside: profile !== undefined && (many || flags.out === undefined),
    });
  return 0;
}

interface Wanted {
  readonly flags: PackFlags;
  readonly project: ResolvedConfig;
  readonly contract: ResolvedContract;
  readonly profile: string | undefined;
  /** The package is in a folder of its profile's name. */
  readonly isInside: boolean;
}

async function packOne(io: Io, { flags, project, contract, profile, isInside }: Wanted): Promise<void> {
  const { packageFiles } = await import("../../pack/index.ts");
  const base =
    flags.out === undefined
      ? resolve(project.root, contract.pack?.out ?? "script-package")
      : resolve(io.cwd, flags.out);
  const folder = isInside ? join(base, profile ?? "") : base;
  refuseForeign(io, folder, {
    isForced: flags.force === true,
    project: [project.root, contract.definition, contract.outDir],
  });
  const name = nameOf(flags, contract, project.root, profile);
  const source = await readSource(io, contract, outputFolder(contract, profile));
  const proposed = await proposeVersion(io, {
    folder,
    contract: source.contract,
    ...(flags.against !== undefined && { against: flags.against }),
    ...(flags.packageVersion !== undefined && { packageVersion: flags.packageVersion }),
  });
  const files = packageFiles({
    name,
    version: proposed.version,
    title: contract.pack?.title ?? name,
    ...(contract.pack?.manifest !== undefined && {
      manifest: contract.pack.manifest as Readonly<Record<string, Json>>,
    }),
    contract: source.contract,
    texts: source.texts,
    examples: source.examples,
    ...(proposed.before !== undefined && { before: proposed.before }),
  });
  writePackage(folder, files);
  io.stdout.write(
    `${relative(io.cwd, folder) || "."}: ${name}@${proposed.version}, ${counted(files.length, "file")} (${proposed.why})\n`,
  );
  for (const binding of source.broken)
    io.stderr.write(
      `note: an example of \`${binding}\` does not work and was left out; \`isobind check\` says why.\n`,
    );
  if (flags.tarball === true) await packTarball(io, folder);
}

function nameOf(
  flags: PackFlags,
  contract: ResolvedContract,
  root: string,
  profile: string | undefined,
): string {
  const base = flags.name ?? contract.pack?.name ?? ownName(root);
  if (base === null) {
    throw new UsageError(
      "the package needs a name.",
      'Say `--name @acme/scripts`, or `pack: { name: "@acme/scripts" }` in the config.',
    );
  }
  const name = profile === undefined ? base : `${base}-${profile}`;
  if (isPackageName(name)) return name;
  throw new UsageError(
    `\`${name}\` is no name of a package.`,
    "Write lowercase letters, digits and `-`, with a scope or without.",
  );
}

/** `@acme/shop` -> `@acme/shop-scripts` */
function ownName(root: string): string | null {
  const file = upward(root)
    .map((folder) => join(folder, "package.json"))
    .find((one) => existsSync(one));
  if (file === undefined) return null;
  try {
    const { name } = JSON.parse(readFileSync(file, "utf8")) as { name?: unknown };
    return typeof name === "string" && name !== "" ? `${name}-scripts` : null;
  } catch {
    return null;
  }
}

async function packTarball(io: Io, folder: string): Promise<void> {
  const { runTool } = await import("../../changes/index.ts");
  const into = dirname(folder);
  const args = ["pack", "--pack-destination", into, "--ignore-scripts", "--loglevel=error", "--json"];
  const { code, stdout, stderr, isMissing } = await runTool("npm", args, folder);
  if (isMissing || code !== 0) {
    const why = isMissing ? "`npm` is not installed" : (stderr.split("\n")[0] ?? "");
    throw new UsageError(
      `the package was written, but not packed: ${why}.`,
      `Run \`npm pack\` in \`${relative(io.cwd, folder)}\`.`,
    );
  }
  const [packed] = JSON.parse(stdout.toString("utf8")) as { filename?: string }[];
  io.stdout.write(`${relative(io.cwd, join(into, packed?.filename ?? ""))}\n`);
}
