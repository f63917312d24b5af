/**
 * Chooses the commit that a git ref stands for in `--against`. A branch stands for the commit where the current one left it:
 * what the other branch has gained since then was not taken away here.
 *
 * ```
 *   A ── B ── C   main          main, main...HEAD   → A
 *    └── D        HEAD          main..HEAD          → C
 *                               a tag, a commit id  → itself
 * ```
 */
import { commitOf, isShallow } from "./git.ts";
import { type Found, found, problem } from "./problem.ts";
import { runGit } from "./run-git.ts";

export interface Commit {
  /** The full id. */
  readonly id: string;
  /** How it is named to the user, with back-ticks. */
  readonly called: string;
  /** True when another commit than the named one was chosen, because the branches have parted. */
  readonly isMergeBase: boolean;
}

/** Two commits with two or three dots between them, as `git diff` takes them; `null` for anything else, such as `../folder`. */
export function parseRange(
  text: string,
): { readonly from: string; readonly to: string; readonly dots: ".." | "..." } | null {
  const match = /^(?<from>.+?)(?<dots>\.{2,3})(?<to>(?![./]).*)$/u.exec(text);
  const { from, dots, to } = match?.groups ?? {};
  if (from === undefined || /[./]$/u.test(from)) return null;
  return { from, to: to || "HEAD", dots: dots === "..." ? "..." : ".." };
}

/** `null` when the text names no commit of the repository around the folder. */
export async function commitToCompare(text: string, cwd: string): Promise<Found<Commit> | null> {
  const range = parseRange(text);
  const from = range?.from ?? text;
  const id = await commitOf(from, cwd);
  if (id === null) return null;
  const itself = found({ id, called: `\`${from}\``, isMergeBase: false });
  if (range === null)
    return (await isBranch(from, cwd)) ? ((await mergeBase(from, id, cwd)) ?? itself) : itself;

  const to = await commitOf(range.to, cwd);
  if (to === null || to !== (await commitOf("HEAD", cwd))) {
    return problem(
      `\`${text}\` ends at ${to === null ? "no commit" : "another commit than `HEAD`"}, and the definition is compared as it is on disk.`,
      `Check that commit out first, or write \`${from}${range.dots}HEAD\`.`,
    );
  }
  if (range.dots === "..") return itself;
  const base = await mergeBase(from, id, cwd);
  if (base !== null) return base;
  return problem(
    `\`${from}\` and \`HEAD\` have no commit in common${(await isShallow(cwd)) ? " in this shallow clone" : ""}.`,
    `Bring more of the history, with \`git fetch --unshallow\` or \`fetch-depth: 0\`, or compare with the tip: \`${from}..HEAD\`.`,
  );
}

async function isBranch(ref: string, cwd: string): Promise<boolean> {
  const args = ["rev-parse", "--symbolic-full-name", "--verify", "--quiet", "--end-of-options", ref];
  const { code, stdout } = await runGit(args, cwd);
  return code === 0 && /^refs\/(?:heads|remotes)\//u.test(stdout.toString("utf8"));
}

async function mergeBase(from: string, id: string, cwd: string): Promise<Found<Commit> | null> {
  const { code, stdout } = await runGit(["merge-base", id, "HEAD"], cwd);
  const base = stdout.toString("utf8").trim();
  if (code !== 0 || base === "") return null;
  if (base === id) return found({ id, called: `\`${from}\``, isMergeBase: false });
  const called = `\`${base.slice(0, 10)}\`, where this branch left \`${from}\``;
  return found({ id: base, called, isMergeBase: true });
}
