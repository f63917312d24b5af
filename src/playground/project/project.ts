/** The project as the page sees it: read from the generated files each time it is asked for, since they change under it. */
import { createHash } from "node:crypto";
import { existsSync, readdirSync, readFileSync } from "node:fs";
import { isAbsolute, join, relative, resolve, sep } from "node:path";
import type { EngineName } from "../../config/engines.ts";
import type { Diagnostic } from "../../diagnostics/diagnostic.ts";
import { parseContract } from "../../model/file/deserialize.ts";
import type { Registry } from "../../model/registry.ts";
import { registryOf } from "../../testing/contract-source.ts";
import { resolveLimits, limitTable, type Limits } from "../../runtime/limits.ts";
import type { Against } from "../language/messages.ts";
import type { ProjectState } from "../protocol.ts";
import { readScript, scriptsIn } from "./files.ts";
import { referenceOf, samplesOf } from "./reference.ts";

export interface ProjectOptions {
  readonly name: string;
  /** Where the names of scripts begin. */
  readonly root: string;
  /** The folder of the generated files. */
  readonly outDir: string;
  /** The folder of the scripts; it need not exist. */
  readonly scripts: string;
  readonly engine: EngineName;
  /** What no run may exceed; the runtime's defaults for what is left out. */
  readonly limits: Limits;
  /** Why the host's own functions cannot answer; `null` when they can. */
  readonly hostMissing: () => string | null;
  /** What the last generation found. */
  readonly findings: () => readonly Diagnostic[];
}

export interface Project {
  state(profile: string | null): ProjectState;
  /** What scripts of a profile are held to; `null` while nothing is generated. */
  against(profile: string | null): Against | null;
  /** What is known of scripts of a profile, with functions that are never called; `null` while nothing is generated. */
  registry(profile: string | null): Registry | null;
  /** The text of a script of the folder; `null` when it is none. */
  script(name: string): string | null;
  /**
   * Whether a script may be called so. It imports the files beside it, and a run that was shared brings its own name: one that leads elsewhere would
   * read there.
   */
  mayName(name: string): boolean;
}

export function openProject(options: ProjectOptions): Project {
  const { name, root, outDir, scripts, engine, limits } = options;
  const ceiling = resolveLimits(limits);
  const folderOf = (profile: string | null): string =>
    profile !== null && profilesIn(outDir).includes(profile) ? join(outDir, profile) : outDir;
  const shownFolder = relative(root, scripts).split(sep).join("/") || ".";

  return {
    state(profile) {
      const file = join(folderOf(profile), "contract.json");
      const contract = existsSync(file) ? parseContract(readFileSync(file, "utf8")) : null;
      return {
        id: projectId(options),
        name,
        profiles: profilesIn(outDir),
        profile: folderOf(profile) === outDir ? null : profile,
        problems: options.findings().map((finding) => ({
          where:
            finding.file === null ? "" : `${finding.file}${finding.line === null ? "" : `:${finding.line}`}`,
          message: finding.message,
          help: finding.help,
        })),
        reference:
          contract === null ? { text: "", namespaces: [], types: [], scripts: [] } : referenceOf(contract),
        files: scriptsIn(scripts, root),
        samples: contract === null ? [] : samplesOf(contract, shownFolder),
        limits: Object.entries(limitTable).map(([limit, { min }]) => ({
          name: limit,
          min,
          max: ceiling[limit as keyof typeof ceiling],
        })),
        hostMissing: options.hostMissing(),
      };
    },
    against(profile) {
      const file = join(folderOf(profile), "secure-exec.d.ts");
      return existsSync(file) ? { declaration: readFileSync(file, "utf8"), engine, root } : null;
    },
    registry(profile) {
      const file = join(folderOf(profile), "contract.json");
      return existsSync(file) ? registryOf(file) : null;
    },
    script: (wanted) => readScript(wanted, scripts, root),
    mayName: (wanted) => [root, scripts].some((folder) => isInside(resolve(root, wanted), folder)),
  };
}

/** Of the folders, which stay the same when the definition changes. */
export function projectId({ name, root, outDir }: Pick<ProjectOptions, "name" | "root" | "outDir">): string {
  return createHash("sha256")
    .update(JSON.stringify([name, root, outDir]))
    .digest("hex")
    .slice(0, 16);
}

function isInside(file: string, folder: string): boolean {
  const inside = relative(folder, file);
  return inside !== ".." && !inside.startsWith(`..${sep}`) && !isAbsolute(inside);
}

function profilesIn(outDir: string): readonly string[] {
  if (!existsSync(outDir)) return [];
  return readdirSync(outDir, { withFileTypes: true })
    .filter((entry) => entry.isDirectory() && existsSync(join(outDir, entry.name, "secure-exec.d.ts")))
    .map((entry) => entry.name)
    .sort();
}
