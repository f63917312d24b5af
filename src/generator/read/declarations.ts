/**
 * Declarations: every named type that signatures mention, each lowered once. Bodies wait in a queue, so that recursion
 * between types never becomes recursion of ours. Names are tokens here; `naming.ts` gives the final ones when it is known
 * which declarations are used.
 *
 * A generic type stays generic unless its body computes with a type parameter (conditional, mapped, indexed); such
 * a one gets a declaration for each instantiation. Which ones compute is known only after lowering their bodies, so
 * `read.ts` lowers again with what was learnt until nothing new is.
 */
import { emptyDoc, type Doc, type Source, type TypeParameter } from "../../contract/contract.ts";
import type { Shape } from "../../contract/shape.ts";
import type { NamedView, TypeHandle } from "./frontend/frontend.ts";

/** A declaration without its final name. */
export interface Draft {
  readonly token: string;
  readonly name: readonly string[];
  /** Tells instantiations of one declaration apart: their type arguments as text. */
  readonly instance: string;
  readonly kind: "interface" | "alias";
  readonly doc: Doc;
  readonly source: Source;
  typeParameters: readonly TypeParameter[];
  shape: Shape | null;
}

export interface Pending {
  readonly draft: Draft;
  readonly named: NamedView;
  readonly generic: boolean;
}

export interface Declarations {
  /** Symbols whose bodies compute with their type parameters: known from earlier passes, and found in this one. */
  readonly computing: ReadonlySet<object>;
  readonly found: Set<object>;
  readonly drafts: ReadonlyMap<string, Draft>;
  /** The token of a named type; its body is queued the first time. */
  declare(named: NamedView, generic: boolean, instance?: string): string;
  /** A token for a recursive type without a name. */
  adopt(name: string, source: Source | null): Draft;
  next(): Pending | undefined;
}

export function createDeclarations(computing: ReadonlySet<object>): Declarations {
  const drafts = new Map<string, Draft>();
  const generics = new Map<object, string>();
  const instances = new Map<TypeHandle, Map<object, string>>();
  const queue: Pending[] = [];
  let waiting = 0;

  const create = (head: Pick<Draft, "name" | "instance" | "kind" | "doc" | "source">): Draft => {
    const draft: Draft = { ...head, token: tokenOf(drafts.size), typeParameters: [], shape: null };
    drafts.set(draft.token, draft);
    return draft;
  };

  return {
    computing,
    found: new Set(),
    drafts,
    declare(named, generic, instance = "") {
      const known = generic ? generics.get(named.key) : instances.get(named.instance.type)?.get(named.key);
      if (known !== undefined) return known;
      const kind = named.kind === "interface" || named.kind === "class" ? "interface" : "alias";
      const { name, doc, source } = named;
      const draft = create({ name, instance, kind, doc, source });
      if (generic) generics.set(named.key, draft.token);
      else {
        const byKey = instances.get(named.instance.type) ?? new Map<object, string>();
        instances.set(named.instance.type, byKey.set(named.key, draft.token));
      }
      queue.push({ draft, named, generic });
      return draft.token;
    },
    adopt: (name, source) =>
      create({ name: [name], instance: "", kind: "alias", doc: emptyDoc, source: source ?? nowhere }),
    next: () => queue[waiting++],
  };
}

const nowhere = { file: "", line: 1, column: 1, endLine: 1, endColumn: 1 };

/** Between control characters, which no printed type contains: tokens also stand inside deferred text. */
const tokenOf = (index: number): string => `\u0001${index}\u0001`;
export const tokens = /\u0001\d+\u0001/g;
