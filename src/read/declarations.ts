/**
 * Collects the named types that signatures mention. Each is lowered once, and only when something reaches it; so recursion
 * between types never becomes recursion of ours, and a type that drags in thousands of others costs no more than the budget.
 * Names are tokens here; `naming.ts` gives the final ones when it is known which declarations are used.
 *
 * A generic type stays generic unless its body computes with a type parameter (conditional, mapped, indexed); such
 * a one gets a declaration for each instantiation. Which ones compute is known only after lowering their bodies, so
 * `read.ts` lowers again with what was learnt until nothing new is.
 */
import { emptyDoc, nowhere, type Doc, type Source, type TypeParameter } from "../model/contract.ts";
import { remembered } from "../model/remembered.ts";
import type { Shape } from "../model/shape.ts";
import { freeName } from "./free-name.ts";
import type { NamedView, TypeHandle } from "./frontend/frontend.ts";

/** A declaration without its final name. */
export interface Draft {
  readonly token: string;
  readonly name: readonly string[];
  /** As it is written where it was first mentioned: `Stripe.Customer`. */
  readonly written: string;
  /** Tells instantiations of one declaration apart: their type arguments as text. */
  readonly instance: string;
  readonly kind: "interface" | "alias";
  readonly doc: Doc;
  readonly source: Source;
  /** What its body is lowered from; `null` for a type without a name. */
  readonly origin: { readonly named: NamedView; readonly generic: boolean } | null;
  typeParameters: readonly TypeParameter[];
  /** `null` until it is lowered. */
  shape: Shape | null;
  /** Its parts have larger type arguments than it has, and theirs again. */
  isGrowing?: true;
}

/** What the keys of brands are called; see `shape/brand.ts`. */
export interface BrandKeys {
  /** Names that some brand writes as text. Kept from pass to pass, because a symbol that was met earlier must not take them. */
  readonly written: Set<string>;
  /** Symbol -> its name. */
  readonly symbols: Map<string, string>;
}

/** A symbol that was met before its name turned out to be somebody's text. */
export function hasClash({ written, symbols }: BrandKeys): boolean {
  return [...symbols.values()].some((name) => written.has(name));
}

export interface Declarations {
  readonly brandKeys: BrandKeys;
  /** Symbols whose bodies compute with their type parameters: known from earlier passes, and found in this one. */
  readonly computing: ReadonlySet<object>;
  readonly found: Set<object>;
  readonly drafts: ReadonlyMap<string, Draft>;
  /** A text that stands for this type and no other: that which is wished for, with a number where another has it. */
  ownText(type: TypeHandle, wished: string): string;
  /** The token of a named type. */
  declare(
    named: NamedView,
    generic: boolean,
    words?: { readonly instance?: string; readonly written?: string | null },
  ): string;
  /** The token of a type that has been declared as one instantiation of something, whatever it is called here. */
  instanceOf(type: TypeHandle): string | undefined;
  /** A declaration for a recursive type without a name. */
  adopt(name: string, source: Source | null): Draft;
}

export function createDeclarations(
  computing: ReadonlySet<object>,
  writtenBrandKeys: Set<string> = new Set(),
): Declarations {
  const drafts = new Map<string, Draft>();
  const generics = new Map<object, string>();
  const instances = new Map<TypeHandle, Map<object, string>>();
  const texts = new Map<string, TypeHandle>();

  const create = (head: Omit<Draft, "token" | "typeParameters" | "shape">): Draft => {
    const draft: Draft = { ...head, token: tokenOf(drafts.size), typeParameters: [], shape: null };
    drafts.set(draft.token, draft);
    return draft;
  };

  return {
    brandKeys: { written: writtenBrandKeys, symbols: new Map() },
    computing,
    ownText(type, wished) {
      const text = freeName(wished, (one) => texts.has(one) && texts.get(one) !== type);
      texts.set(text, type);
      return text;
    },
    found: new Set(),
    drafts,
    declare(named, generic, { instance = "", written } = {}) {
      const known = generic ? generics.get(named.key) : instances.get(named.instance.type)?.get(named.key);
      if (known !== undefined) return known;
      const kind = named.kind === "interface" || named.kind === "class" ? "interface" : "alias";
      const { name, doc, source } = named;
      const { token } = create({
        name,
        written: written ?? name.join("."),
        instance,
        kind,
        doc,
        source,
        origin: { named, generic },
      });
      if (generic) generics.set(named.key, token);
      else remembered(instances, named.instance.type, () => new Map()).set(named.key, token);
      return token;
    },
    instanceOf: (type) => instances.get(type)?.values().next().value,
    adopt: (name, source) =>
      create({
        name: [name],
        written: name,
        instance: "",
        kind: "alias",
        doc: emptyDoc,
        source: source ?? nowhere,
        origin: null,
      }),
  };
}

/** Between control characters, which no printed type contains: tokens also stand inside deferred text. */
const tokenOf = (index: number): string => `\u0001${index}\u0001`;
export const tokens = /\u0001\d+\u0001/g;
