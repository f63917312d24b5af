/**
 * Which names mean what inside the emitted namespace. A declared `Date` hides the built-in one there; the built-in is
 * then reached through `globalThis`.
 */
import type { Contract } from "../../model/contract.ts";
import type { Doc } from "../print/doc.ts";
import { lateNames, type LateName } from "./late.ts";

export interface NameScope {
  /** A built-in type by its global name, or by the name it is declared with here. */
  readonly builtin: (name: string) => string;
  /** Built-ins that are declared here. */
  readonly late: readonly LateName[];
  /** The name of the tree's type: `Bindings`, unless the author has a type of that name. */
  readonly tree: string;
  /** The group of an object type; see `settle`. */
  readonly objectGroup: (content: Doc) => Doc;
  /** Whether `due?: Date | undefined` is written as `due?: Date`, for a reader who pays for every word. */
  readonly isTerse: boolean;
}

export function nameScope(
  contract: Contract,
  errors: Iterable<string>,
  objectGroup: NameScope["objectGroup"],
  isTerse = false,
): NameScope {
  const taken = new Set([...contract.declarations.map(({ name }) => name), ...errors]);
  const parameters = new Set([
    ...contract.declarations.flatMap(({ typeParameters }) => typeParameters.map(({ name }) => name)),
  ]);
  const hidden = new Set([...taken, ...parameters]);
  const late = lateNames(contract, (name) => freeName([name], hidden));
  const lateByBuiltin = new Map<string, string>(late.map(({ builtin, name }) => [builtin, name]));
  return {
    late,
    builtin: (name) => lateByBuiltin.get(name) ?? (hidden.has(name) ? `globalThis.${name}` : name),
    tree: freeName(["Bindings", "BindingTree", "HostBindings"], taken),
    objectGroup,
    isTerse,
  };
}

/** The first name nobody has, else the first one with a number. */
function freeName(wishes: readonly string[], taken: ReadonlySet<string>): string {
  const [first = "Type"] = wishes;
  const free = wishes.find((name) => !taken.has(name));
  if (free !== undefined) return free;
  let count = 2;
  while (taken.has(`${first}_${count}`)) count++;
  return `${first}_${count}`;
}
