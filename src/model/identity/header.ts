/**
 * Writes and reads the header of an emitted declaration: the contract's digest and a hash per leaf, in comment lines that
 * the runtime reads without a compiler. Keeps out what the rest of the declaration says.
 *
 * ```
 * // @contract sha256-9f86d081…
 * // @profile pro
 * // @leaf db.query 2c26b46b68ffc68f
 * // @script default input,result fcde2b2edba56bf4
 * // @global region 486ea46224d1bb4f
 * ```
 */
import { globalHashes, leafHashes, scriptHashes, type ScriptHash } from "./digest.ts";
import type { Registry } from "../registry.ts";
import { visible } from "../names.ts";

export interface DeclarationHeader {
  /** `null` when the text has no `@contract` line: it was not emitted by isobind, or its head was cut off. */
  readonly digest: string | null;
  /** `null` for a whole contract. */
  readonly profile: string | null;
  /** Dotted name -> hash. */
  readonly leaves: ReadonlyMap<string, string>;
  /** Kind of script -> what is said of it, and a hash; empty when nothing is said of scripts. */
  readonly scripts: ReadonlyMap<string, ScriptHash>;
  /** Global -> hash; empty when nothing is said of globals. */
  readonly globals: ReadonlyMap<string, string>;
}

/** The lines of a header, without line ends. */
export function headerLines(header: {
  digest: string;
  profile?: string | null;
  leaves: ReadonlyMap<string, string>;
  scripts?: ReadonlyMap<string, ScriptHash>;
  globals?: ReadonlyMap<string, string>;
}): string[] {
  return [
    `// @contract ${header.digest}`,
    ...(header.profile == null ? [] : [`// @profile ${header.profile}`]),
    ...Array.from(header.leaves, ([name, hash]) => `// @leaf ${name} ${hash}`),
    ...Array.from(
      header.scripts ?? [],
      ([name, { parts, hash }]) => `// @script ${name} ${parts.join()} ${hash}`,
    ),
    ...Array.from(header.globals ?? [], ([name, hash]) => `// @global ${name} ${hash}`),
  ];
}

/**
 * Reads the header of a declaration. Only the comment lines at the top count, so that nothing an author wrote further
 * down is taken for a header.
 */
export function readHeader(declaration: string): DeclarationHeader {
  let digest: string | null = null;
  let profile: string | null = null;
  const leaves = new Map<string, string>();
  const scripts = new Map<string, ScriptHash>();
  const globals = new Map<string, string>();
  for (const line of declaration.replace(/^\uFEFF/u, "").split(/\r?\n/u)) {
    if (line.trim() === "") continue;
    if (!line.startsWith("//")) break;
    digest ??= /^\/\/ @contract (sha256-[0-9a-f]{64})$/u.exec(line)?.[1] ?? null;
    profile ??= /^\/\/ @profile (\S+)$/u.exec(line)?.[1] ?? null;
    const leaf = /^\/\/ @leaf (\S+) ([0-9a-f]+)$/u.exec(line);
    if (leaf) leaves.set(leaf[1] ?? "", leaf[2] ?? "");
    const global = /^\/\/ @global (\S+) ([0-9a-f]+)$/u.exec(line);
    if (global) globals.set(global[1] ?? "", global[2] ?? "");
    const script = /^\/\/ @script (\S+) ([a-z,]+) ([0-9a-f]+)$/u.exec(line);
    if (script) {
      const [, name = "", said = "", hash = ""] = script;
      scripts.set(name, { parts: scriptParts.filter((part) => said.split(",").includes(part)), hash });
    }
  }
  return { digest, profile, leaves, scripts, globals };
}

const scriptParts = ["input", "result"] as const;

/** What a declaration promises that a registry does not keep, in dotted names. */
export interface HeaderDifference {
  /** In the registry, unknown to the declaration. */
  readonly added: readonly string[];
  /** In the declaration, gone from the registry. */
  readonly removed: readonly string[];
  /** In both, with another signature, policy or error. */
  readonly changed: readonly string[];
  /** Kinds of script that only one of the two knows, or that are something else in the other. */
  readonly scripts: readonly string[];
  /** The same of globals. */
  readonly globals: readonly string[];
  /** Set when the two are of different profiles; `null` stands for the whole contract. */
  readonly profiles: { readonly declaration: string | null; readonly registry: string | null } | null;
}

/**
 * Compares a declaration's header with a registry: `null` when both come from one contract.
 *
 * @example
 * compareHeader(readHeader(text), registry); // { added: [], removed: [], changed: ["db.query"], profiles: null }
 */
export function compareHeader(header: DeclarationHeader, registry: Registry): HeaderDifference | null {
  if (header.digest !== null && header.digest === registry.digest) return null;
  const tables = registry.leaves.flatMap((leaf) => (leaf.contract === null ? [] : [leaf.contract]));
  const hashes = leafHashes(tables, registry.declarations);
  const globals = globalHashes(registry.globals ?? { properties: [] }, registry.declarations);
  const scripts = scriptHashes(registry.scripts ?? [], registry.declarations);
  const names = registry.leaves.map(({ name }) => name);
  const profile = registry.profile ?? null;
  return {
    ...compareLeaves(header.leaves, new Map(names.map((name) => [name, hashes.get(name) ?? ""]))),
    scripts: [...new Set([...header.scripts.keys(), ...scripts.keys()])].filter(
      (name) => header.scripts.get(name)?.hash !== scripts.get(name)?.hash,
    ),
    globals: [...new Set([...header.globals.keys(), ...globals.keys()])].filter(
      (name) => header.globals.get(name) !== globals.get(name),
    ),
    profiles: header.profile === profile ? null : { declaration: header.profile, registry: profile },
  };
}

type LeafDifference = Pick<HeaderDifference, "added" | "removed" | "changed">;

/** What came, went and changed between two tables of leaves, dotted name -> hash. */
export function compareLeaves(
  before: ReadonlyMap<string, string>,
  after: ReadonlyMap<string, string>,
): LeafDifference {
  const names = [...after.keys()];
  return {
    added: names.filter((name) => !before.has(name)),
    removed: [...before.keys()].filter((name) => !after.has(name)),
    changed: names.filter((name) => before.has(name) && before.get(name) !== after.get(name)),
  };
}

/** In words: ``["added `db.find`", "removed `cache.get`, `cache.set`"]``. */
export function describeLeaves({ added, removed, changed }: LeafDifference): readonly string[] {
  return [...listed("added", added), ...listed("removed", removed), ...listed("changed", changed)];
}

/** ``added `db.find` ``; nothing for no names. */
function listed(word: string, names: readonly string[]): readonly string[] {
  return names.length === 0 ? [] : [`${word} ${names.map((name) => `\`${visible(name)}\``).join(", ")}`];
}

/** The difference in words, for an error: ``changed `db.query`; removed `cache.get` ``. */
export function describeDifference({ profiles, scripts, globals, ...leaves }: HeaderDifference): string {
  const profileOf = (name: string | null): string =>
    name === null ? "no profile" : `the profile \`${visible(name)}\``;
  const profile =
    profiles === null
      ? []
      : [`${profileOf(profiles.registry)} instead of ${profileOf(profiles.declaration)}`];
  const parts = [
    ...profile,
    ...describeLeaves(leaves),
    ...listed("other types of the script", scripts),
    ...listed("other types of the global", globals),
  ];
  return parts.length === 0
    ? "a type that no leaf mentions by itself, or an empty namespace"
    : parts.join("; ");
}
