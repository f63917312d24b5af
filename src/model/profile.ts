/**
 * Says which leaves a part of the scripts may call, written as `@profile admin, pro` beside a namespace or a leaf. Pure,
 * over the tags of a contract. Keeps out what is done with a profile; says in one place what a script is told about a leaf
 * it does not have.
 */
import type { DocTag, Leaf, Mode, Namespace, TreeNode } from "./contract.ts";
import { dottedName } from "./names.ts";

/** Which profile a contract is for, and what of the whole contract it does not have. */
export interface ContractProfile {
  readonly name: string;
  /** In the order of the whole contract. */
  readonly excluded: readonly ExcludedLeaf[];
}

/** A leaf of the whole contract that a profile does not have. */
export interface ExcludedLeaf {
  readonly path: readonly string[];
  readonly mode: Mode;
  /** The profiles that have it, sorted; never empty. */
  readonly profiles: readonly string[];
}

/**
 * What a script is told about a leaf outside its profile: by its editor, by `isobind typecheck` and at run time. Holds no
 * quotation mark, so that it reads the same inside of a string literal type.
 *
 * @example
 * explainExcluded({ path: ["db", "drop"], mode: "async", profiles: ["admin"] }, "pro");
 * // "`db.drop` is not in the profile `pro`; it is in `admin`."
 */
export function explainExcluded({ path, profiles }: ExcludedLeaf, profile: string): string {
  const names = profiles.map((name) => `\`${name}\``);
  const last = names.pop() ?? "none";
  const list = names.length === 0 ? last : `${names.join(", ")} and ${last}`;
  return `\`${dottedName(path)}\` is not in the profile \`${profile}\`; it is in ${list}.`;
}

/** The tag that profiles are written with, without its `@`. */
export const profileTag = "profile";

/**
 * Names become folders, so they are what every file system can tell apart.
 *
 * @example
 * isProfileName("team-2"); // true
 * isProfileName("Pro"); // false
 */
export function isProfileName(name: string): boolean {
  return /^[a-z][a-z0-9-]{0,63}$/u.test(name) && !/^(?:con|prn|aux|nul|com\d|lpt\d)$/u.test(name);
}

/** The names in one tag as they are written: of `@profile admin, pro` the two; of an empty tag one empty name. */
export function namesInTag({ text }: DocTag): readonly string[] {
  return text.split(",").map((name) => name.trim());
}

/** The profiles a leaf belongs to, sorted; `null`: to every one. */
export type Membership = readonly string[] | null;

/** Every leaf with its profiles. Tags on the way from the root to the leaf, its own included, intersect. */
export function memberships(root: Namespace): ReadonlyMap<Leaf, Membership> {
  const found = new Map<Leaf, Membership>();
  const visit = (node: TreeNode, above: Membership): void => {
    if (node.kind === "invalid") return;
    const own = node.doc.tags.filter(({ name }) => name === profileTag).map(namesInTag);
    const membership = own.reduce(intersection, above);
    if (node.kind === "leaf") found.set(node, membership);
    else for (const member of node.members) visit(member, membership);
  };
  visit(root, null);
  return found;
}

function intersection(some: Membership, others: readonly string[]): readonly string[] {
  return [...new Set(others)].filter((name) => some === null || some.includes(name)).sort();
}

/** A leaf's mode as a whole: that of its signatures when they agree. */
export function modeOf({ signatures }: Leaf): Mode {
  const [{ mode }] = signatures;
  return signatures.every((signature) => signature.mode === mode) ? mode : "maybe";
}
