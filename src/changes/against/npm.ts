/**
 * Finds the contract.json of a package: installed next to the project, packed from the registry, or packed in a file.
 */
import { existsSync } from "node:fs";
import { mkdtemp, readdir, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { glob } from "tinyglobby";
import { upward } from "../../files/upward.ts";
import { type Found, found, problem } from "./problem.ts";
import { runTool } from "./run.ts";
import { readTarball } from "./tarball.ts";

export interface PackageName {
  readonly name: string;
  /** A version, range or tag. */
  readonly version: string | null;
}

/** Reads `name`, `name@version`, `@scope/name@version`, with or without `npm:`; `null` for anything else. */
export function parsePackage(text: string): PackageName | null {
  const match = /^(?:npm:)?((?:@[a-z0-9][\w.-]*\/)?[a-z0-9][\w.-]*)(?:@([\w.^~<>=*+-]+))?$/iu.exec(text);
  return match?.[1] === undefined ? null : { name: match[1], version: match[2] ?? null };
}

/** `wanted` is where this project keeps its contract.json: the same path in the package comes first. */
export async function readFromPackage(
  wanted: PackageName,
  cwd: string,
  path: string,
): Promise<Found<string>> {
  const installed = installedFolder(wanted.name, cwd);
  if (installed !== null && (await fits(installed, wanted.version))) {
    const files = await glob("**/contract.json", { cwd: installed, ignore: ["**/node_modules/**"] });
    const name = choose(files, path);
    if (name !== null) return found(await readFile(join(installed, name), "utf8"));
    return withoutContract(wanted.name);
  }
  return pack(wanted, cwd, path);
}

/** Where a package lies that is installed for a folder; `null` when it is not. */
export function installedFolder(name: string, cwd: string): string | null {
  const candidates = upward(resolve(cwd)).map((folder) => join(folder, "node_modules", name));
  return candidates.find((candidate) => existsSync(join(candidate, "package.json"))) ?? null;
}

/** An installed package serves for no version or its own; ranges and tags are the registry's to answer. */
async function fits(folder: string, version: string | null): Promise<boolean> {
  if (version === null) return true;
  const manifest = JSON.parse(await readFile(join(folder, "package.json"), "utf8")) as { version?: unknown };
  return manifest.version === version;
}

async function pack(wanted: PackageName, cwd: string, path: string): Promise<Found<string>> {
  const spec = wanted.version === null ? wanted.name : `${wanted.name}@${wanted.version}`;
  const folder = await mkdtemp(join(tmpdir(), "isobind-against-"));
  try {
    const args = [
      "pack",
      spec,
      "--pack-destination",
      folder,
      "--ignore-scripts",
      "--loglevel=error",
      "--no-update-notifier",
    ];
    const { code, stderr, isMissing } = await runTool("npm", args, cwd);
    if (isMissing)
      return problem("`npm` is not installed.", "Install npm, or give the path of a contract.json.");
    const archive = (await readdir(folder)).find((name) => name.endsWith(".tgz"));
    if (code !== 0 || archive === undefined) return explainFailure(spec, stderr);
    return readFromTarball(join(folder, archive), wanted.name, path);
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

/** A package as `npm pack` writes it: built by the job before, or kept in a folder. */
export async function readFromTarball(archive: string, name: string, path: string): Promise<Found<string>> {
  let files: ReadonlyMap<string, string>;
  try {
    files = readTarball(await readFile(archive), (entry) => /(?:^|\/)contract\.json$/u.test(entry));
  } catch {
    return problem(
      `\`${name}\` is no package as \`npm pack\` writes it.`,
      "Pack it again, or give the path of a contract.json.",
    );
  }
  // Entries begin with the package's folder, which is `package` nearly always.
  const names = new Map([...files.keys()].map((entry) => [entry.split("/").slice(1).join("/"), entry]));
  const chosen = choose([...names.keys()], path);
  const text = chosen === null ? undefined : files.get(names.get(chosen) ?? "");
  return text === undefined ? withoutContract(name) : found(text);
}

/** The same path as in this project, else the only one there is. */
function choose(files: readonly string[], path: string): string | null {
  if (files.includes(path)) return path;
  return files.length === 1 ? (files[0] ?? null) : null;
}

function withoutContract(name: string): Found<never> {
  return problem(
    `The package \`${name}\` has no contract.json, or several.`,
    "Publish the generated folder with the package, at the same path as in this project.",
  );
}

/** Why `npm pack` gave no package. */
export function explainFailure(spec: string, stderr: string): Found<never> {
  if (/E404|ETARGET|ENOVERSIONS|not found|No matching version/iu.test(stderr)) {
    return problem(`The registry has no package \`${spec}\`.`, "Check the name and the version.");
  }
  if (/ENOTFOUND|EAI_AGAIN|ECONNREFUSED|ETIMEDOUT|ENETUNREACH|ENOTCACHED|network/iu.test(stderr)) {
    return problem(
      `The registry cannot be reached, so \`${spec}\` cannot be compared with.`,
      "Go online, install the package, or compare with a git ref or a contract.json.",
    );
  }
  const [reason] = stderr.split("\n").filter((line) => line.trim() !== "");
  return problem(
    `\`npm pack ${spec}\` failed${reason ? `: ${reason}` : ""}.`,
    "Install the package, or give the path of a contract.json.",
  );
}
