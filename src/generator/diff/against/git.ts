/**
 * Reads a file as it is at a git ref, without touching the working tree.
 */
import { realpath } from "node:fs/promises";
import { basename, dirname, join, relative, sep } from "node:path";
import { type Found, found, problem } from "./problem.ts";
import { runTool } from "./run.ts";

/** Whether a text names a commit of the repository around a folder. */
export async function isGitRef(ref: string, cwd: string): Promise<boolean> {
  if (ref.startsWith("-") || ref.includes("\0")) return false;
  const { code } = await runTool(
    "git",
    ["rev-parse", "--verify", "--quiet", "--end-of-options", `${ref}^{commit}`],
    cwd,
  );
  return code === 0;
}

/** Why nothing can be a ref here; `null` in a repository. */
export async function whyNoRefs(cwd: string): Promise<string | null> {
  const { isMissing, code } = await runTool("git", ["rev-parse", "--git-dir"], cwd);
  if (isMissing) return "`git` is not installed";
  return code === 0 ? null : `\`${cwd}\` is in no git repository`;
}

/** The text of an absolute path at a ref. */
export async function readAtRef(ref: string, file: string): Promise<Found<string>> {
  const { folder, rest } = await nearestFolder(dirname(file));
  const top = await runTool("git", ["rev-parse", "--show-toplevel"], folder);
  if (top.isMissing)
    return problem("`git` is not installed.", "Install git, or give the path of a contract.json.");
  if (top.code !== 0) {
    return problem(
      `\`${folder}\` is in no git repository.`,
      "Give the path of a contract.json, or the name of a package.",
    );
  }
  const root = await realpath(top.stdout.toString("utf8").trim());
  const name = relative(root, join(folder, rest, basename(file)))
    .split(sep)
    .join("/");
  const shown = await runTool("git", ["show", "--end-of-options", `${ref}:${name}`], folder);
  if (shown.code === 0) return found(shown.stdout.toString("utf8"));
  return problem(
    `\`${name}\` does not exist at \`${ref}\`.`,
    "Generated files are compared as they were committed: commit them, or choose a ref at which they were.",
  );
}

/**
 * The output may not be generated yet: the repository is found from the nearest folder that exists. Links are resolved,
 * because git names its top folder without them.
 */
async function nearestFolder(folder: string): Promise<{ folder: string; rest: string }> {
  for (let current = folder; ; current = dirname(current)) {
    const real = await realpath(current).catch(() => null);
    if (real !== null) return { folder: real, rest: relative(current, folder) };
    if (dirname(current) === current) return { folder: current, rest: "" };
  }
}
