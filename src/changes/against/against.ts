/**
 * Reads the contract.json to compare with, which `--against` names: a path, a packed package, a git ref, or a package with
 * or without a version.
 */
import { existsSync, statSync } from "node:fs";
import { readFile } from "node:fs/promises";
import { join, resolve } from "node:path";
import { orMeantFile } from "../../files/meant-file.ts";
import { relativePath } from "../../files/relative-path.ts";
import { didYouMean } from "../../model/suggest.ts";
import { isGitRef, isShallow, readAtRef, refNames, whyNoRefs } from "./git.ts";
import { commitToCompare, parseRange } from "./merge-base.ts";
import { installedFolder, parsePackage, readFromPackage, readFromTarball } from "./npm.ts";
import { type Found, found, problem } from "./problem.ts";

export interface AgainstContext {
  /** What a path is relative to. */
  readonly cwd: string;
  /** Absolute path of the project's own contract.json; it need not exist. */
  readonly contractFile: string;
  /** Folder of the config: packages are looked for from here. */
  readonly root: string;
}

export interface Other {
  /** Of a contract.json. */
  readonly text: string;
  /** The commit where the current branch left the one that was named, when it is not that one's last; else `null`. */
  readonly mergeBase: string | null;
}

/**
 * Reads the other side of a comparison. A file wins over a git ref, a ref over a package; `npm:` forces a package.
 *
 * @example
 * await readAgainst("origin/main", { cwd, root, contractFile: join(outDir, "contract.json") });
 */
export async function readAgainst(against: string, context: AgainstContext): Promise<Found<Other>> {
  let mergeBase: string | null = null;
  const read = await readText(against, context, (commit) => (mergeBase = commit));
  return read.ok ? found({ text: read.value, mergeBase }) : read;
}

async function readText(
  against: string,
  context: AgainstContext,
  onMergeBase: (commit: string) => void,
): Promise<Found<string>> {
  const wanted = parsePackage(against);
  const path = relativePath(context.root, context.contractFile);
  if (against.startsWith("npm:")) {
    if (wanted === null)
      return problem(`\`${against}\` is no package name.`, "Write `npm:name` or `npm:name@version`.");
    return readFromPackage(wanted, context.root, path);
  }
  const file = resolve(context.cwd, against);
  if (existsSync(file) && !(await isGitRefOfFolder(against, file, context)))
    return file.endsWith(".tgz") ? readFromTarball(file, against, path) : readFromPath(file);
  if (/\.(?:json|tgz)$/u.test(against))
    return problem(
      `\`${against}\` does not exist.${orMeantFile(against, context.cwd)}`,
      "Give the path of a contract.json, or of a packed package.",
    );
  const commit = await commitToCompare(against, context.root);
  if (commit !== null) {
    if (!commit.ok) return commit;
    const { id, called, isMergeBase } = commit.value;
    if (isMergeBase) onMergeBase(id);
    return readAtRef(id, context.contractFile, called);
  }
  if (
    wanted !== null &&
    (wanted.version !== null ||
      against.startsWith("@") ||
      installedFolder(wanted.name, context.root) !== null)
  ) {
    return readFromPackage(wanted, context.root, path);
  }
  const why = await whyNoRefs(context.root);
  if (why !== null)
    return problem(
      `\`${against}\` is no file and no installed package, and ${why.reason}, so it is no git ref either.`,
      why.help ?? "Give the path of a contract.json, or `npm:name@version`.",
    );
  const ref = parseRange(against)?.from ?? against;
  return problem(
    `\`${against}\` is no file, no git ref of this repository, and no installed package.${await meant(ref, context)}`,
    (await isShallow(context.root))
      ? `This clone is shallow. Fetch \`${ref}\` first (\`fetch-depth: 0\` in a checkout of CI), or give the path of a contract.json, or \`npm:name@version\`.`
      : "Write a ref such as `origin/main` (and fetch it first), the path of a contract.json, or `npm:name@version`.",
  );
}

/** The name that was most likely meant: of a branch or a tag, or of a file. */
async function meant(typed: string, { cwd, root }: AgainstContext): Promise<string> {
  const ref = didYouMean(typed, await refNames(root));
  return ref === "" ? orMeantFile(typed, cwd) : ref;
}

/** A folder of the same name as a branch is no contract: the branch is meant. */
async function isGitRefOfFolder(against: string, file: string, context: AgainstContext): Promise<boolean> {
  const isFolder = statSync(file).isDirectory() && !existsSync(join(file, "contract.json"));
  return isFolder && (await isGitRef(against, context.root));
}

async function readFromPath(path: string): Promise<Found<string>> {
  const file = statSync(path).isDirectory() ? join(path, "contract.json") : path;
  try {
    return found(await readFile(file, "utf8"));
  } catch {
    return problem(
      `\`${file}\` cannot be read.`,
      "Give the path of a contract.json, or of the folder it is in.",
    );
  }
}
