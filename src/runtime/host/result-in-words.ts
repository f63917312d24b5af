/**
 * Tells from a message itself that its value is what a leaf declares as its result. Making the value once more on the host, only to look at it, takes
 * half of what projecting and encoding it takes, and this half of that. Knows plain data: primitives, arrays, objects with named properties. Of all else it says `false`,
 * which means nothing: the value is made, and the leaf's validator decides.
 *
 *     words  shape 2 · text 2 · text 4 · integer 7 · text 3      text  "idnameAda"      { id: number; name: string }      →  true
 */
import { validatorDepth } from "../../model/limits.ts";
import type { LeafTable, RegistryDeclaration } from "../../model/registry.ts";
import { remembered } from "../../model/remembered.ts";
import type { Core, CoreObject } from "../../validation/core.ts";
import { Types, type Type } from "../../validation/types.ts";
import { format } from "../crossing/format.ts";
import type { Message } from "../crossing/message.ts";

const { tag, constant } = format;

/** What may stand at one place. */
interface Expected {
  /** The bits of primitives. */
  primitives: number;
  element: Later | undefined;
  members: Members | undefined;
}

/** A type may hold itself, so a part is looked up when a value has one. */
type Later = () => Expected;

interface Members {
  readonly byName: ReadonlyMap<string, { readonly value: Later; readonly optional: boolean }>;
  readonly required: number;
  /** Of an object that has all of them in the order of the type, as most do. */
  readonly all: Shape;
  /** The words of those names and their letters, where none of them was in the message before. */
  readonly words: readonly number[];
  readonly letters: string;
}

/** The names of objects, and what is expected under each by the members at hand; `null` where these have not such an object. */
interface Shape {
  readonly names: readonly string[];
  of: Members | undefined;
  values: readonly Expected[] | null;
}

const number = 1;
const string = 2;
/** Of a constant by its number in the format. */
const bitOf = (one: number): number => 4 << one;
const bits: Readonly<Record<string, number>> = {
  number,
  string,
  undefined: bitOf(constant.undefined),
  null: bitOf(constant.null),
  boolean: bitOf(constant.true) | bitOf(constant.false),
};

const noWords = new Int32Array(0);
let words = noWords;
let at = 0;
let text = "";
let letter = 0;
const names: string[] = [];
const shapes: Shape[] = [];
/** By the number of an object or array: what it was taken for. */
const takenFor: Expected[] = [];

/** True only for a message that the leaf's validator would accept. */
export function isDeclaredResult(
  message: Message,
  contract: LeafTable,
  declarations: readonly RegistryDeclaration[],
): boolean {
  ({ words, from: at, text } = message);
  letter = 0;
  const expected = remembered(results, contract, () => expectedOf(contract, declarations));
  const isDeclared = takes(expected, 0);
  // A host may keep a registry for long, and its results are large.
  words = noWords;
  text = "";
  names.length = shapes.length = takenFor.length = 0;
  return isDeclared;
}

function takes(expected: Expected, depth: number): boolean {
  const { primitives } = expected;
  const word = words[at++]!;
  const count = word >>> 4;
  switch (word & 15) {
    case tag.integer:
      return (primitives & number) !== 0;
    case tag.double:
      at += 2;
      return (primitives & number) !== 0;
    case tag.text:
      letter += count;
      return (primitives & string) !== 0;
    case tag.constant:
      return (primitives & bitOf(count)) !== 0;
    case tag.again:
      return takenFor[count] === expected;
    case tag.array:
    case tag.object:
    case tag.shape:
      return takesObject(word & 15, count, expected, depth);
    default:
      return false;
  }
}

function takesObject(kind: number, count: number, expected: Expected, depth: number): boolean {
  if (depth >= validatorDepth) return false;
  // What contains itself is what is expected if all that it contains is.
  takenFor.push(expected);
  const { element, members } = expected;
  if (kind === tag.array) return element !== undefined && takesElements(element, count, depth + 1);
  if (members === undefined) return false;
  const shape = kind === tag.object ? shapes[count]! : readShape(count, members);
  return takesMembers(members, shape, depth + 1);
}

function takesElements(element: Later, length: number, depth: number): boolean {
  if (length === 0) return true;
  const expected = element();
  for (let i = 0; i < length; i++) if (!takes(expected, depth)) return false;
  return true;
}

function takesMembers(members: Members, shape: Shape, depth: number): boolean {
  if (shape.of !== members) {
    shape.of = members;
    shape.values = valuesOf(members, shape.names);
  }
  const { values } = shape;
  if (values === null) return false;
  for (let i = 0; i < values.length; i++) if (!takes(values[i]!, depth)) return false;
  return true;
}

function valuesOf({ byName, required }: Members, own: readonly string[]): readonly Expected[] | null {
  let missing = required;
  const values: Expected[] = [];
  for (const name of own) {
    const member = byName.get(name);
    if (member === undefined) return null;
    if (!member.optional) missing--;
    values.push(member.value());
  }
  return missing === 0 ? values : null;
}

/** Reads the names of a shape, which are most likely those of the members. */
function readShape(length: number, { all, words: likely, letters }: Members): Shape {
  const own =
    isLikely(length, likely) && text.startsWith(letters, letter) ? takeLikely(all) : takeNames(length);
  shapes.push(own);
  at += length;
  return own;
}

function isLikely(length: number, likely: readonly number[]): boolean {
  if (length !== likely.length) return false;
  for (let i = 0; i < length; i++) if (words[at + i] !== likely[i]) return false;
  return true;
}

function takeLikely(shape: Shape): Shape {
  for (const name of shape.names) {
    names.push(name);
    letter += name.length;
  }
  return shape;
}

function takeNames(length: number): Shape {
  const own: string[] = [];
  for (let i = 0; i < length; i++) {
    const word = words[at + i]!;
    if ((word & 15) === tag.text) names.push(text.slice(letter, (letter += word >>> 4)));
    own.push((word & 15) === tag.text ? names.at(-1)! : names[word >>> 4]!);
  }
  return { names: own, of: undefined, values: null };
}

const results = new WeakMap<LeafTable, Expected>();
const declared = new WeakMap<readonly RegistryDeclaration[], Expectations>();
const nothing: Expected = { primitives: 0, element: undefined, members: undefined };

function expectedOf({ signatures }: LeafTable, declarations: readonly RegistryDeclaration[]): Expected {
  const [only] = signatures;
  if (only === undefined || signatures.length > 1) return nothing;
  const expectations = remembered(declared, declarations, () => new Expectations(new Types(declarations)));
  return expectations.ofResult(only);
}

/** What the types of one contract let stand at a place. */
class Expectations {
  readonly #types: Types;
  readonly #known = new Map<Type, Expected>();

  constructor(types: Types) {
    this.#types = types;
  }

  ofResult(signature: LeafTable["signatures"][number]): Expected {
    return this.of(this.#types.of(signature.result, this.#types.scopeOf(signature)));
  }

  of(type: Type): Expected {
    return remembered(this.#known, type, () => this.#ofCore(this.#types.core(type)));
  }

  #later(type: Type): Later {
    let expected: Expected | undefined;
    return () => (expected ??= this.of(type));
  }

  #ofCore(core: Core): Expected {
    if (core.kind === "primitive") return { ...nothing, primitives: bits[core.name] ?? 0 };
    if (core.kind === "array") return { ...nothing, element: this.#later(core.element) };
    if (core.kind === "object") return { ...nothing, members: this.#members(core) };
    if (core.kind === "union") return this.#either(core.members.map((member) => this.#types.core(member)));
    return nothing;
  }

  /** Of several objects or lists it is for the validator to say which one is meant. */
  #either(cores: readonly Core[]): Expected {
    const all = cores.filter(({ kind }) => kind !== "union").map((core) => this.#ofCore(core));
    const elements = all.flatMap(({ element }) => element ?? []);
    const members = all.flatMap((one) => one.members ?? []);
    return {
      primitives: all.reduce((sum, { primitives }) => sum | primitives, 0),
      element: elements.length === 1 ? elements[0] : undefined,
      members: members.length === 1 ? members[0] : undefined,
    };
  }

  #members({ properties }: CoreObject): Members {
    const byName = new Map(
      properties.map(({ name, type, optional }) => [name, { value: this.#later(type), optional }]),
    );
    const names = [...byName.keys()];
    return {
      byName,
      required: properties.filter(({ optional }) => !optional).length,
      all: { names, of: undefined, values: null },
      words: names.map((name) => (name.length << 4) | tag.text),
      letters: names.join(""),
    };
  }
}
