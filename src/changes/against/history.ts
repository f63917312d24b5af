/**
 * Finds, among the committed versions of a contract.json, the contracts that scripts name by digest.
 */
import { dirname } from "node:path";
import type { Contract } from "../../model/contract.ts";
import { parseContract } from "../../model/file/deserialize.ts";
import { readAtRef } from "./git.ts";
import { runGit } from "./run-git.ts";

/** A digest as files spell it; nothing else is handed to git. */
const digestForm = /^sha256-[0-9a-f]{64}$/;

/** Scripts of one project name few contracts; each costs a walk through the history of one file. */
const maxDigests = 20;

/**
 * The contracts behind digests, as far as the history of `file` (an absolute path of a contract.json) knows them. Digests
 * that it does not know are left out; without git, or outside a repository, all are.
 *
 * @example
 * await contractsInHistory(join(outDir, "contract.json"), ["sha256-9f86d081…"]); // [{ digest: "sha256-9f86d081…", contract }]
 */
export async function contractsInHistory(
  file: string,
  digests: readonly string[],
): Promise<readonly { readonly digest: string; readonly contract: Contract }[]> {
  const known: { digest: string; contract: Contract }[] = [];
  for (const digest of digests.filter((one) => digestForm.test(one)).slice(0, maxDigests)) {
    const contract = await contractOf(file, digest);
    if (contract !== null) known.push({ digest, contract });
  }
  return known;
}

async function contractOf(file: string, digest: string): Promise<Contract | null> {
  // The commits in which the digest came or went: the file held it at one of them, or just before.
  const log = await runGit(["log", "--format=%H", `-S${digest}`, "--", file], dirname(file));
  if (log.code !== 0) return null;
  const commits = log.stdout.toString("utf8").split("\n").filter(Boolean);
  for (const ref of commits.flatMap((commit) => [commit, `${commit}^`])) {
    const text = await readAtRef(ref, file);
    if (!text.ok || !text.value.includes(digest)) continue;
    try {
      return parseContract(text.value);
    } catch {
      // A version this release cannot read: another commit may hold one it can.
    }
  }
  return null;
}
