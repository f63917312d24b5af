/**
 * What `--inspect` and `--cpu-prof` change of a run: its isolate is one of this process, with a tool of the engine's, and it has as long as a
 * debugger needs. Both are for the author of a script, at their own machine.
 */
import { accessSync, constants, mkdirSync } from "node:fs";
import { join, relative, resolve } from "node:path";
import { pathToFileURL } from "node:url";
import { limitTable, type Limits } from "../../runtime/limits.ts";
import type { ModuleLoader } from "../../runtime/index.ts";
import { reasonOf } from "../../files/system-error.ts";
import { UsageError } from "../exit.ts";
import type { Io } from "../io.ts";
import { replaceFile } from "../replace-file.ts";
import { besideAsUrls, besideScript } from "./modules.ts";

export interface ToolFlags {
  /** A port as typed; an empty text for the usual one. */
  readonly inspect?: string;
  readonly inspectBrk?: string;
  readonly cpuProf?: true;
  readonly cpuProfDir?: string;
  readonly isolation?: "process" | "none";
}

export interface Tooled {
  /** What the script is called in stacks. */
  readonly filename: string;
  readonly modules: ModuleLoader;
  /** For `createSandbox`. */
  readonly sandbox: { readonly isolation?: "process" | "none"; readonly minIdle?: number };
  /** Limits where none are typed. */
  readonly limits: Limits;
  /** After the sandbox is gone. */
  end(): Promise<void>;
}

/** `sources` gets the texts of the modules, by their names. */
export async function withTools(
  io: Io,
  flags: ToolFlags,
  { script, source, sources }: { script: string; source: string; sources: Record<string, string> },
): Promise<Tooled> {
  const tools = toolsOf(flags);
  const { isolation } = flags;
  const plain: Tooled = {
    filename: script,
    modules: besideScript(script, io.cwd, sources),
    sandbox: isolation === undefined ? {} : { isolation },
    limits: {},
    end: () => Promise.resolve(),
  };
  const [tool] = tools;
  if (tool === undefined) return plain;
  const sandbox = { isolation: "none", minIdle: 0 } as const;
  if (tool === "--cpu-prof") return { ...plain, sandbox, end: await profiled(io, flags) };
  const file = resolve(io.cwd, script);
  // The name by which debuggers find a file, and set breakpoints before it is loaded.
  const filename = pathToFileURL(file).href;
  const { startInspector } = await import("./inspect/inspector.ts");
  const inspector = await startInspector(io, flags, {
    url: filename,
    // A script names the code that it evaluates, and `constructor` is no file.
    text: (url) => (url === filename ? source : Object.hasOwn(sources, url) ? sources[url] : undefined),
  });
  return {
    filename,
    modules: besideAsUrls(file, sources),
    sandbox,
    limits: { wallMs: limitTable.wallMs.max, cpuMs: limitTable.cpuMs.max },
    end: () => inspector.close(),
  };
}

function toolsOf(flags: ToolFlags): readonly string[] {
  return [
    ...(flags.inspect === undefined ? [] : ["--inspect"]),
    ...(flags.inspectBrk === undefined ? [] : ["--inspect-brk"]),
    ...(flags.cpuProf === undefined ? [] : ["--cpu-prof"]),
  ];
}

/** Refuses flags that do not go together, before anything is loaded. */
export function refuseMixedTools(flags: ToolFlags): void {
  const { isolation, cpuProf, cpuProfDir } = flags;
  const tools = toolsOf(flags);
  const [tool, other] = tools.map((name) => `\`${name}\``);
  if (tool !== undefined && other !== undefined)
    throw new UsageError(
      `${tool} and ${other} do not go together.`,
      "Leave out all but one; DevTools records profiles by themselves.",
    );
  if (tool !== undefined && isolation === "process")
    throw new UsageError(
      `${tool} needs the isolate in the process of the command, which is \`--isolation none\`.`,
      "Leave out `--isolation`.",
    );
  if (cpuProf === undefined && cpuProfDir !== undefined)
    throw new UsageError("`--cpu-prof-dir` is for a profile that nobody asked for.", "Add `--cpu-prof`.");
}

/** Profiles the run; what it gives writes the file. A folder that takes none is said before a script has done anything. */
async function profiled(io: Io, { cpuProfDir = "." }: ToolFlags): Promise<() => Promise<void>> {
  const folder = resolve(io.cwd, cpuProfDir);
  const help = "Name another folder with `--cpu-prof-dir`.";
  try {
    mkdirSync(folder, { recursive: true });
    accessSync(folder, constants.W_OK);
  } catch (error) {
    throw new UsageError(`the profile cannot be written to \`${cpuProfDir}\`: ${reasonOf(error)}.`, help);
  }
  const { profileIsolates } = await import("../../runtime/engine/profiled.ts");
  const { cpuProfile } = await import("./cpu-profile.ts");
  const profile = profileIsolates();
  return async () => {
    const entries = await profile();
    if (entries === null) {
      io.stderr.write("No profile: a run that ends like this leaves none.\n");
      return;
    }
    const urlOf = (name: string): string =>
      name.startsWith("isobind:") ? name : pathToFileURL(resolve(io.cwd, name)).href;
    const file = join(folder, fileName());
    const shown = relative(io.cwd, file);
    replaceFile(file, JSON.stringify(cpuProfile(entries, urlOf)), shown, help);
    io.stderr.write(`Profile: ${shown}\n`);
  };
}

/** As Node calls them: `CPU.20261127.213105.4711.cpuprofile`. */
function fileName(): string {
  const [date = "", time = ""] = new Date()
    .toISOString()
    .replace(/[-:]|\.\d+Z$/gu, "")
    .split("T");
  return `CPU.${date}.${time}.${process.pid}.cpuprofile`;
}
