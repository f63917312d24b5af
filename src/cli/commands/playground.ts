/** `isobind playground`: one local page where scripts of this project are written and run. */
import { existsSync, readFileSync } from "node:fs";
import { dirname, join, resolve } from "node:path";
import type { Command } from "commander";
import { UsageError, type ExitCode } from "../exit.ts";
import type { Io } from "../io.ts";
import { examples } from "../examples.ts";
import { projectOptions, type ProjectFlags } from "../options.ts";
import { pickContract, resolveProject } from "../project.ts";
import { readInput } from "../run/input.ts";
import { parseLimits } from "../run/limits.ts";

interface PlaygroundFlags extends ProjectFlags {
  readonly registry?: string;
  readonly globals?: string;
  readonly limits?: readonly string[];
  readonly port?: string;
}

export function define(command: Command): void {
  command.argument(
    "[scripts]",
    "the folder of the scripts (default: `scripts` beside the definition or the config)",
  );
  projectOptions(command)
    .option("--registry <module>", "a module that exports a registry (default: the generated registry.ts)")
    .option(
      "--limits <list>",
      "what no run may exceed, for example wallMs=5000,memoryMb=64",
      (value: string, before: readonly string[] = []) => [...before, value],
    )
    .option("--globals <json>", "globals that scripts find, by name, as JSON or @file; others are made")
    .option("--port <number>", "the port of the page (default: the same for a project each time)");
  examples(
    command,
    [
      ["isobind playground", "prints an address; open it in a browser"],
      ["isobind playground --registry host.ts", "host.ts exports createRegistry({ … })"],
      ["isobind playground customers --limits wallMs=2000", "scripts of a folder, two seconds at most"],
    ],
    "The page is served to this machine alone and loads nothing from elsewhere. Ctrl+C ends it.",
  );
}

export async function run(io: Io, command: Command): Promise<ExitCode> {
  const flags = command.opts<PlaygroundFlags>();
  const project = await resolveProject(io, flags);
  const contract = pickContract(project, flags.contract);
  const limits = parseLimits(flags.limits ?? []);
  await checkGlobals(io, flags.globals);
  const scripts = scriptsFolder(io, command.args[0], [dirname(contract.definition), project.root]);
  const interrupted = io.interrupt();

  const [{ createHostProcess, openPlayground }, { watchDefinition }] = await Promise.all([
    import("../../playground/index.ts"),
    import("../playground/watch.ts"),
  ]);
  const place = { ...(flags.config !== undefined && { config: flags.config }), contract: contract.name };
  let changed = (): void => {};
  const watching = await watchDefinition({ ...place, cwd: io.cwd, interrupted, onChange: () => changed() });
  const settings = {
    ...place,
    ...(flags.registry !== undefined && { registry: flags.registry }),
    ...(flags.globals !== undefined && { globals: flags.globals }),
    limits,
    root: io.cwd,
  };
  const host = createHostProcess({
    module: new URL("../playground/host.js", import.meta.url),
    args: [JSON.stringify(settings)],
    cwd: io.cwd,
    onOutput: (text) => void io.stderr.write(text),
  });
  const playground = await openPlayground({
    name: contract.name,
    root: io.cwd,
    outDir: contract.outDir,
    scripts,
    engine: contract.engine,
    limits,
    hostMissing: () => hostMissing(contract.outDir, flags.registry),
    findings: watching.findings,
    host,
    ...portIn(flags.port),
  }).catch((error: unknown) => {
    throw asUsageError(error, flags.port);
  });
  changed = () => playground.changed();
  io.stdout.write(`${playground.url}\n`);
  io.stderr.write("Open the address in a browser. Ctrl+C ends the playground.\n");
  await watching.ended;
  await playground.close();
  return 0;
}

/** They are read anew for every choice of what answers; what is no JSON is better said before there is a page. */
async function checkGlobals(io: Io, flag: string | undefined): Promise<void> {
  if (flag === "-")
    throw new UsageError("`--globals -` can be read only once.", "Write `--globals @file.json`.");
  if (flag !== undefined) await readInput(io, flag, "globals");
}

/** The folder that was named; else the first that is there. */
function scriptsFolder(io: Io, named: string | undefined, places: readonly string[]): string {
  if (named !== undefined) {
    const folder = resolve(io.cwd, named);
    if (!existsSync(folder))
      throw new UsageError(
        `the folder \`${named}\` does not exist.`,
        "Check the path; it is taken from the working folder.",
      );
    return folder;
  }
  const folders = places.map((place) => join(place, "scripts"));
  return folders.find((folder) => existsSync(folder)) ?? folders[0]!;
}

/** A definition in the contract style declares types only, and its functions are a module's of the host. */
function hostMissing(outDir: string, registry: string | undefined): string | null {
  if (registry !== undefined) return null;
  const file = join(outDir, "registry.ts");
  if (!existsSync(file)) return "Nothing is generated yet.";
  return /^export default /mu.test(readFileSync(file, "utf8"))
    ? null
    : "The definition declares types only. Start with `--registry host.ts`, a module that exports `createRegistry({ … })`.";
}

function portIn(flag: string | undefined): { readonly port?: number } {
  if (flag === undefined) return {};
  if (/^\d{1,5}$/u.test(flag) && Number(flag) <= 65_535) return { port: Number(flag) };
  throw new UsageError(`\`--port ${flag}\` is not a port.`, "For example `--port 4321`.");
}

function asUsageError(error: unknown, port: string | undefined): unknown {
  if (!(error instanceof Error && "syscall" in error && error.syscall === "listen")) return error;
  const { code } = error as NodeJS.ErrnoException;
  return new UsageError(
    code === "EADDRINUSE" ? `port ${port} is taken.` : `the page cannot be served at port ${port}: ${code}.`,
    "Name another, or leave `--port` out.",
  );
}
