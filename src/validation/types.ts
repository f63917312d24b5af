/**
 * Holds types: shapes together with what their type parameters stand for, interned, and resolved to cores on demand.
 *
 * A type is a list of bound shapes that must all hold (one, unless it is an intersection). Interning gives equal types
 * one identity, which is what ends recursion: `Tree<string>` inside `Tree<string>` is the same object.
 */
import { canonicalShape, canonicalText } from "../model/identity/canonical.ts";
import { isOpen } from "../model/parts.ts";
import type { RegistryDeclaration, RegistrySignature } from "../model/registry.ts";
import { remembered } from "../model/remembered.ts";
import type { Shape } from "../model/shape.ts";
import type { Core } from "./core.ts";
import { intersect, type PlainBound } from "./intersect.ts";
import { recursiveDeclarations } from "../model/reach.ts";

export interface Type {
  readonly id: number;
  readonly bounds: readonly Bound[];
  /** How deep type arguments are nested in type arguments; grows without end for `type G<T> = { n: G<T[]> }`. */
  readonly growth: number;
}

export interface Bound {
  readonly key: string;
  readonly shape: Shape;
  readonly scope: Scope;
}

/** What the type parameters in sight stand for. */
export interface Scope {
  readonly id: number;
  readonly growth: number;
  readonly types: ReadonlyMap<string, Type>;
}

export interface Resolved {
  readonly core: Core;
  /** True when resolving passed through a declaration that can contain itself: the steps that count as depth. */
  readonly recursive: boolean;
  /** The first declaration on the way, for messages and names. */
  readonly name: string | null;
}

export class Types {
  readonly #declarations: ReadonlyMap<string, RegistryDeclaration>;
  readonly #recursive: ReadonlySet<string>;
  readonly #types = new Map<string, Type>();
  readonly #scopes = new Map<string, Scope>();
  readonly #resolved = new Map<Type, Resolved>();
  readonly #shapes = new WeakMap<Shape, { text: string; open: boolean }>();
  readonly #empty: Scope = { id: 0, growth: 0, types: new Map() };

  constructor(declarations: readonly RegistryDeclaration[]) {
    this.#declarations = new Map(declarations.map((declaration) => [declaration.name, declaration]));
    this.#recursive = remembered(recursiveNames, declarations, () => recursiveDeclarations(declarations));
  }

  /** The scope of a signature: each type parameter stands for its constraint, which is what can be checked. */
  scopeOf({ typeParameters }: Pick<RegistrySignature, "typeParameters">): Scope {
    let scope = this.#empty;
    for (const { name, constraint } of typeParameters) {
      scope = this.#scope(
        new Map([...scope.types, [name, this.of(constraint ?? { kind: "unknown" }, scope)]]),
      );
    }
    return scope;
  }

  of(shape: Shape, scope: Scope = this.#empty): Type {
    if (shape.kind === "parameter") {
      // A parameter nobody bound is one that refers to itself in its own constraint: nothing can be checked.
      return scope.types.get(shape.name) ?? this.of(unknownShape);
    }
    return this.all([this.#bound(shape, scope)]);
  }

  /** The type of values for which every bound holds. */
  all(bounds: readonly Bound[]): Type {
    const distinct = [...new Map(bounds.map((bound) => [bound.key, bound])).values()];
    const key = distinct.map((bound) => bound.key).join(" & ");
    return remembered(this.#types, key, () => {
      const growth = Math.max(0, ...distinct.map(({ scope }) => scope.growth));
      return { id: this.#types.size, bounds: distinct, growth };
    });
  }

  resolve(type: Type): Resolved {
    return remembered(this.#resolved, type, () => this.#resolve(type));
  }

  core(type: Type): Core {
    return this.resolve(type).core;
  }

  #resolve(type: Type): Resolved {
    let recursive = false;
    let name: string | null = null;
    const flat: PlainBound[] = [];
    const seen = new Set<string>();
    const visit = (bound: Bound): void => {
      const { shape, scope } = bound;
      switch (shape.kind) {
        case "reference": {
          recursive ||= this.#recursive.has(shape.name);
          name ??= shape.name;
          if (seen.has(bound.key)) return;
          seen.add(bound.key);
          const target = this.#target(shape, scope);
          visit(target ?? this.#bound(unknownShape, this.#empty));
          return;
        }
        case "parameter":
          this.of(shape, scope).bounds.forEach(visit);
          return;
        case "brand":
          visit(this.#bound(shape.base, scope));
          return;
        case "deferred":
          visit(this.#bound(shape.constraint, scope));
          return;
        case "intersection":
          for (const member of shape.members) visit(this.#bound(member, scope));
          return;
        default:
          flat.push({ ...bound, shape });
      }
    };
    type.bounds.forEach(visit);
    return { core: intersect(this, flat), recursive, name };
  }

  /** What a reference stands for. */
  #target(shape: Extract<Shape, { kind: "reference" }>, scope: Scope): Bound | null {
    const declaration = this.#declarations.get(shape.name);
    if (declaration === undefined) return null;
    const types = new Map<string, Type>();
    declaration.typeParameters.forEach((parameter, at) => {
      const argument = shape.typeArguments[at];
      const fallback = parameter.default ?? parameter.constraint ?? unknownShape;
      types.set(
        parameter.name,
        argument === undefined ? this.of(fallback, this.#scope(types)) : this.of(argument, scope),
      );
    });
    return this.#bound(declaration.shape, this.#scope(types));
  }

  #bound(shape: Shape, scope: Scope): Bound {
    const { text, open } = remembered(this.#shapes, shape, () => ({
      text: canonicalText(canonicalShape(shape)),
      open: isOpen(shape),
    }));
    const home = open ? scope : this.#empty;
    return { key: `${home.id} ${text}`, shape, scope: home };
  }

  #scope(types: ReadonlyMap<string, Type>): Scope {
    if (types.size === 0) return this.#empty;
    const key = Array.from(types, ([name, type]) => `${name}=${type.id}`).join();
    return remembered(this.#scopes, key, () => {
      const growth = 1 + Math.max(...Array.from(types.values(), (type) => type.growth));
      return { id: this.#scopes.size + 1, growth, types: new Map(types) };
    });
  }
}

const unknownShape: Shape = { kind: "unknown" };

const recursiveNames = new WeakMap<readonly RegistryDeclaration[], ReadonlySet<string>>();
