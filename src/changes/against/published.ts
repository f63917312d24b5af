/**
 * Finds a package of an earlier `isobind pack`: its version and its contract. In a folder, packed in a file, or in the registry.
 */
import { existsSync, statSync } from "node:fs";
import { mkdtemp, readdir, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { explainFailure, parsePackage } from "./npm.ts";
import { type Found, found, problem } from "./problem.ts";
import { runTool } from "./run.ts";
import { readTarball } from "./tarball.ts";

export interface Published {
  readonly name: string;
  readonly version: string;
  /** The text of its contract.json. */
  readonly contract: string;
}

/**
 * Reads the package that is named: a path of a folder or of a `.tgz`, or `npm:name`, `npm:name@version`.
 *
 * @example
 * await readPublished("npm:@acme/scripts", process.cwd());
 */
export async function readPublished(against: string, cwd: string): Promise<Found<Published>> {
  const path = resolve(cwd, against);
  if (!against.startsWith("npm:") && existsSync(path))
    return statSync(path).isDirectory() ? readFolder(path, against) : readArchive(path, against);
  const wanted = parsePackage(against);
  if (wanted === null || /^[./]|\.tgz$/u.test(against))
    return problem(`\`${against}\` does not exist.`, wants);
  const spec = wanted.version === null ? wanted.name : `${wanted.name}@${wanted.version}`;
  const folder = await mkdtemp(join(tmpdir(), "isobind-published-"));
  try {
    const args = ["pack", spec, "--pack-destination", folder, "--ignore-scripts", "--loglevel=error"];
    const { code, stderr, isMissing } = await runTool("npm", [...args, "--no-update-notifier"], cwd);
    if (isMissing) return problem("`npm` is not installed.", wants);
    const archive = (await readdir(folder)).find((name) => name.endsWith(".tgz"));
    if (code !== 0 || archive === undefined) return explainFailure(spec, stderr);
    return await readArchive(join(folder, archive), against);
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

const wants = "Name the folder or the .tgz of the package, or `npm:name@version`.";

async function readFolder(folder: string, shown: string): Promise<Found<Published>> {
  try {
    const [manifest, contract] = await Promise.all(
      ["package.json", "contract.json"].map((name) => readFile(join(folder, name), "utf8")),
    );
    return publishedIn(manifest, contract, shown);
  } catch {
    return publishedIn(undefined, undefined, shown);
  }
}

async function readArchive(file: string, shown: string): Promise<Found<Published>> {
  try {
    const files = readTarball(await readFile(file), (name) =>
      /^[^/]+\/(?:package|contract)\.json$/u.test(name),
    );
    const text = (wanted: string): string | undefined =>
      [...files].find(([name]) => name.endsWith(`/${wanted}`))?.[1];
    return publishedIn(text("package.json"), text("contract.json"), shown);
  } catch {
    return problem(`\`${shown}\` is no package as \`npm pack\` writes it.`, wants);
  }
}

function publishedIn(
  manifest: string | undefined,
  contract: string | undefined,
  shown: string,
): Found<Published> {
  const { name, version } = fields(manifest);
  if (contract === undefined || typeof name !== "string" || typeof version !== "string") {
    return problem(
      `\`${shown}\` is no package that \`isobind pack\` has written: it has no package.json beside a contract.json.`,
      `${wants} To compare contracts alone there is \`isobind diff\`.`,
    );
  }
  return found({ name, version, contract });
}

function fields(manifest: string | undefined): { readonly name?: unknown; readonly version?: unknown } {
  try {
    return (JSON.parse(manifest ?? "null") ?? {}) as { name?: unknown; version?: unknown };
  } catch {
    return {};
  }
}
