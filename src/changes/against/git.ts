/**
 * Reads a file as it is at a commit, without touching the working tree.
 */
import { realpath } from "node:fs/promises";
import { basename, dirname, join, relative } from "node:path";
import { relativePath } from "../../files/relative-path.ts";
import { upward } from "../../files/upward.ts";
import { type Found, found, problem } from "./problem.ts";
import { refusalOf, runGit, type Refusal } from "./run-git.ts";

/** Whether a text names a commit of the repository around a folder. */
export async function isGitRef(ref: string, cwd: string): Promise<boolean> {
  return (await commitOf(ref, cwd)) !== null;
}

/** Branches, those of remotes, and tags, as one types them: `main`, `origin/main`, `v1.2.0`. */
export async function refNames(cwd: string): Promise<readonly string[]> {
  const { code, stdout } = await runGit(["for-each-ref", "--format=%(refname:short)"], cwd);
  return code === 0 ? stdout.toString("utf8").split("\n").filter(Boolean) : [];
}

/** The full id of the commit that a text names; `null` when it names none. */
export async function commitOf(ref: string, cwd: string): Promise<string | null> {
  if (ref.startsWith("-") || ref.includes("\0")) return null;
  const args = ["rev-parse", "--verify", "--quiet", "--end-of-options", `${ref}^{commit}`];
  const { code, stdout } = await runGit(args, cwd);
  return code === 0 ? stdout.toString("utf8").trim() : null;
}

/** Why nothing can be a ref here; `null` in a repository that git reads. */
export async function whyNoRefs(cwd: string): Promise<Refusal | null> {
  const answer = await runGit(["rev-parse", "--git-dir"], cwd);
  return answer.code === 0 ? null : refusalOf(answer, cwd);
}

/** A clone that was told how many commits to bring lacks the others. */
export async function isShallow(cwd: string): Promise<boolean> {
  const { stdout } = await runGit(["rev-parse", "--is-shallow-repository"], cwd);
  return stdout.toString("utf8").trim() === "true";
}

/** The text of an absolute path at a commit; `called` is how the commit is named to the user. */
export async function readAtRef(
  ref: string,
  file: string,
  called: string = `\`${ref}\``,
): Promise<Found<string>> {
  const { folder, rest } = await nearestFolder(dirname(file));
  const top = await runGit(["rev-parse", "--show-toplevel"], folder);
  if (top.code !== 0) {
    const { reason, help } = refusalOf(top, folder);
    return problem(
      `Nothing can be read at ${called}: ${reason}.`,
      help ?? "Give the path of a contract.json, or the name of a package.",
    );
  }
  const root = await realpath(top.stdout.toString("utf8").trim());
  const name = relativePath(root, join(folder, rest, basename(file)));
  const shown = await runGit(["show", "--end-of-options", `${ref}:${name}`], folder);
  if (shown.code === 0) return found(shown.stdout.toString("utf8"));
  if (/fatal: path .* (?:does not exist in|exists on disk, but not in) /u.test(shown.stderr)) {
    return problem(
      `\`${name}\` does not exist at ${called}.`,
      "Generated files are compared as they were committed: commit them, or choose a ref at which they were.",
    );
  }
  const { reason, help } = refusalOf(shown, folder);
  return problem(
    `\`${name}\` cannot be read at ${called}: ${reason}.`,
    help ??
      "A partial clone fetches contents when they are read: make its remote reachable, or give the path of a contract.json.",
  );
}

/**
 * The output may not be generated yet: the repository is found from the nearest folder that exists. Links are resolved,
 * because git names its top folder without them.
 */
async function nearestFolder(folder: string): Promise<{ folder: string; rest: string }> {
  for (const current of upward(folder)) {
    const real = await realpath(current).catch(() => null);
    if (real !== null) return { folder: real, rest: relative(current, folder) };
  }
  return { folder, rest: "" };
}
