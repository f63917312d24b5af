/** Finds the version of a package: what was published before, and what has changed since. */
import { existsSync } from "node:fs";
import { join } from "node:path";
import type { Contract } from "../../model/contract.ts";
import { digest } from "../../model/identity/digest.ts";
import { UsageError } from "../exit.ts";
import { contractIn } from "../given-contract.ts";
import type { Io } from "../io.ts";

interface Wanted {
  /** Where the package goes. */
  readonly folder: string;
  readonly contract: Contract;
  readonly against?: string;
  readonly packageVersion?: string;
}

export interface ProposedVersion {
  readonly version: string;
  /** In brackets behind it. */
  readonly why: string;
  readonly before?: { readonly contract: Contract; readonly since: string };
}

export async function proposeVersion(io: Io, wanted: Wanted): Promise<ProposedVersion> {
  const { firstVersion, isVersion, nextVersion } = await import("../../pack/index.ts");
  const { packageVersion, against, folder, contract } = wanted;
  if (packageVersion !== undefined && !isVersion(packageVersion))
    throw new UsageError(`\`${packageVersion}\` is no version.`, "Write one such as `1.4.0`.");
  // Without a published one, what was packed last time.
  const earlier = against ?? (existsSync(join(folder, "contract.json")) ? folder : undefined);
  if (earlier === undefined) return { version: packageVersion ?? firstVersion, why: "the first version" };
  const { readPublished } = await import("../../changes/index.ts");
  const read = await readPublished(earlier, io.cwd);
  if (!read.ok) throw new UsageError(read.problem.message, read.problem.help);
  const published = read.value;
  const since = `${published.name}@${published.version}`;
  const before = {
    contract: await contractIn(
      published.contract,
      `the contract of ${since}`,
      "Say the version with `--package-version`.",
    ),
    since,
  };
  const { diffContracts } = await import("../../diff/diff.ts");
  const { verdictOf } = await import("../../diff/verdict.ts");
  const changes = diffContracts(before.contract, contract, {
    digests: { before: digest(before.contract), after: digest(contract) },
  });
  const verdict = verdictOf(changes);
  const next = nextVersion(published.version, verdict);
  if (next === null && packageVersion === undefined)
    throw new UsageError(
      `\`${published.version}\` of ${since} is no version.`,
      "Say the new one with `--package-version`.",
    );
  const why = verdict === "none" ? `nothing has changed since ${since}` : `${words[verdict]} since ${since}`;
  return { version: packageVersion ?? next ?? firstVersion, why, before };
}

const words = {
  major: "breaking changes",
  minor: "compatible changes",
  patch: "new documentation",
} as const;
