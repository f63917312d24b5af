/**
 * Makes, for each profile of a contract, the contract of the part that it has. Pure: the whole contract in, a contract for each
 * profile out, each with what it lacks.
 *
 * ```
 * { db: { query, drop: @profile admin } }  →  admin: { db: { query, drop } },  pro: { db: { query } } without `db.drop`
 * ```
 */
import type { Contract, Namespace } from "../model/contract.ts";
import { partOf } from "../model/part.ts";
import { type ExcludedLeaf, memberships, modeOf, namesInTag, profileTag } from "../model/profile.ts";
import { walkLeaves, walkNamespaces } from "../model/walk.ts";
import type { OutputFile, OutputName } from "../stages.ts";

export interface Profile {
  readonly name: string;
  /** What its scripts may use; knows the rest by `profile.excluded`. */
  readonly contract: Contract;
  readonly excluded: readonly ExcludedLeaf[];
}

/**
 * Every profile of a contract, sorted by name: those that tags name, and those that the config lists.
 *
 * @example
 * profiles(contract).map(({ name, excluded }) => [name, excluded.map(({ path }) => path.join("."))]);
 * // [["admin", []], ["pro", ["db.drop"]]]
 */
export function profiles(contract: Contract, listed?: readonly string[]): readonly Profile[] {
  const members = memberships(contract.root);
  const names = [...new Set([...(listed ?? []), ...namesIn(contract.root)])].sort();
  return names.map((name) => {
    const excluded = [...members].flatMap(([leaf, membership]): ExcludedLeaf[] =>
      membership === null || membership.includes(name)
        ? []
        : [{ path: leaf.path, mode: modeOf(leaf), profiles: membership }],
    );
    const gone = new Set(excluded.map(({ path }) => path.join(".")));
    const part = partOf(contract, ({ path }) => !gone.has(path.join(".")));
    return { name, excluded, contract: { ...part, profile: { name, excluded } } };
  });
}

/** Every name in a tag, also one that the tags around it leave without a leaf. */
function namesIn(root: Namespace): readonly string[] {
  return [...walkNamespaces(root), ...walkLeaves(root)].flatMap(({ doc }) =>
    doc.tags.filter(({ name }) => name === profileTag).flatMap(namesInTag),
  );
}

/** The files of a profile, named from its contract's outDir. */
export function inFolder(name: string, files: readonly OutputFile[]): readonly OutputFile[] {
  return files.map((file) => ({ ...file, name: `${name}/${file.name as OutputName}` }));
}
