/**
 * Runs git as if it had been typed in a folder, and finds in what it says the reason of a failure.
 */
import { type Output, runTool } from "./run.ts";

/**
 * Git finds the repository from the folder, also in a hook. A hook of a linked worktree has `GIT_DIR` set and `GIT_WORK_TREE`
 * not, and git then takes whatever folder it is started in for the top of the working tree. Where nothing is found without it,
 * as in a repository that is kept apart from its files on purpose, `GIT_DIR` counts.
 */
export async function runGit(args: readonly string[], cwd: string): Promise<Output> {
  // Reasons are recognised by their words.
  const env: NodeJS.ProcessEnv = { ...process.env, LC_ALL: "C", LANGUAGE: "" };
  if (env["GIT_DIR"] === undefined || env["GIT_WORK_TREE"] !== undefined)
    return runTool("git", args, cwd, { env });
  const { GIT_DIR: _hook, ...discovering } = env;
  const found = await runTool("git", ["rev-parse", "--show-toplevel"], cwd, { env: discovering });
  return runTool("git", args, cwd, { env: found.code === 0 ? discovering : env });
}

/** Why git refuses to work in a folder: its own words, with what it advises. */
export interface Refusal {
  /** A clause without a full stop: ``git says: detected dubious ownership in repository at '/app'``. */
  readonly reason: string;
  /** What git itself says to do; `null` when it says nothing. */
  readonly help: string | null;
}

/** `folder` is named where git's words would say no more than ours. */
export function refusalOf({ isMissing, code, stderr }: Output, folder: string): Refusal {
  if (isMissing) return { reason: "`git` is not installed", help: null };
  if (stderr.includes("not a git repository (or any of the parent directories)"))
    return { reason: `\`${folder}\` is in no git repository`, help: null };
  const said = stderr
    .split("\n")
    .flatMap((line) => /^(?:fatal|error): (.+)$/u.exec(line)?.[1]?.replace(/\.$/u, "") ?? []);
  const [command] = /git config --global --add safe\.directory .+/u.exec(stderr) ?? [];
  return {
    reason:
      said.length > 0 ? `git says: ${said.join("; ")}` : `git ended with ${code ?? "no answer in a minute"}`,
    help: command === undefined ? null : `Run \`${command}\`, as git advises, or make the folder yours.`,
  };
}
