/**
 * Known names: what a script could have meant, for one that is not there.
 */
import { languageGlobals } from "../../model/language-globals.ts";
import { meantPart } from "../../model/meant-part.ts";
import { didYouMean, nearest } from "../../model/suggest.ts";
import { consoleMethods, webGlobals } from "../../model/web-globals.ts";
import type { GuestSetup } from "../seam.ts";
import type { Said } from "./said.ts";

/** What an explanation is taken from: the tree, and the text of the script. */
export interface Known {
  readonly setup: Pick<GuestSetup, "leaves" | "namespaces" | "excluded">;
  readonly source: string;
  readonly filename: string;
}

/** Members that are named beside a suggestion; more would hide it. */
const maxNamed = 10;

export function hintForGlobal(name: string, known: Known): string | null {
  const part = meantPart(name, pathsOf(known));
  if (part !== null) return `Did you mean \`${part}\`?`;
  const meant = nearest(name, [
    "SecureExec",
    "console",
    "input",
    ...Object.keys(webGlobals),
    ...languageGlobals,
  ]);
  // Nearer than a member of the tree, because a name that is anybody's own is no misspelt global.
  return meant === null || Math.abs(meant.length - name.length) > 1 ? null : `Did you mean \`${meant}\`?`;
}

/** What is wrong with a path from `SecureExec` or `console`; `null` when it is there, and for everything else. */
export function hintForPath({ path, isResult }: Said, known: Known): string | null {
  const [root = "", ...steps] = path;
  if (root === "console") {
    const [method = ""] = steps;
    return steps.length === 1 && !consoleMethods.includes(method)
      ? unknown("console", method, consoleMethods, false)
      : null;
  }
  const [tree = "", ...inside] = steps;
  if (tree !== "bindings") {
    const part = meantPart(tree, pathsOf(known));
    return part === null
      ? unknown("SecureExec", tree, ["bindings"], false)
      : `\`SecureExec\` has no \`${tree}\`. Did you mean \`${part}\`?`;
  }
  for (const [depth, name] of inside.entries()) {
    const parent = inside.slice(0, depth);
    const members = membersOf(parent, known.setup);
    // Below a leaf there are no bindings.
    if (members.length === 0 && depth > 0) return null;
    if (!members.includes(name))
      return unknown(["SecureExec.bindings", ...parent].join("."), name, members, true);
  }
  const inner = membersOf(inside, known.setup);
  if (inner.length > 0) return `\`${path.join(".")}\` is a namespace, and no function.${listOf(inner)}`;
  const leaf = known.setup.leaves.find((one) => isSame(one.path, inside));
  if (leaf === undefined || !isResult || leaf.mode === "sync") return null;
  const name = inside.join(".");
  return leaf.mode === "async"
    ? `\`${name}\` gives a promise. Write \`await\` before it.`
    : `\`${name}\` may give a promise; where it does, write \`await\` before it.`;
}

const pathsOf = ({ setup }: Known): readonly (readonly string[])[] => setup.leaves.map(({ path }) => path);

function unknown(parent: string, name: string, members: readonly string[], lists: boolean): string {
  if (name.length > 100) return `\`${parent}\` has no such member.`;
  const list = lists ? listOf(members) : "";
  return `\`${parent}\` has no \`${name}\`.${didYouMean(name, members)}${list}`;
}

function listOf(members: readonly string[]): string {
  if (members.length === 0) return " It is empty.";
  const named = members.slice(0, maxNamed).map((member) => `\`${member}\``);
  const rest = members.length > named.length ? ` and ${members.length - named.length} more` : "";
  return ` It has ${named.join(", ")}${rest}.`;
}

/** The names in a namespace, in the order of the tree. */
function membersOf(
  parent: readonly string[],
  { leaves, namespaces, excluded = [] }: Known["setup"],
): string[] {
  const names = new Set<string>();
  for (const path of [
    ...namespaces,
    ...leaves.map((leaf) => leaf.path),
    ...excluded.map((leaf) => leaf.path),
  ]) {
    const name = path[parent.length];
    if (name !== undefined && isSame(path.slice(0, parent.length), parent)) names.add(name);
  }
  return [...names];
}

function isSame(one: readonly string[], other: readonly string[]): boolean {
  return one.length === other.length && one.every((step, i) => step === other[i]);
}
