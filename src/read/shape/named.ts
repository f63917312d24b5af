/**
 * Lowers named types: an interface, a class, an enum or an alias that somebody declared becomes a reference to a declaration
 * of the contract. Types of the language, and names for what is no data, do not.
 */
import type { Shape } from "../../model/shape.ts";
import type { NamedView, TypeUse, TypeView } from "../frontend/frontend.ts";
import { lower, type Lowering, type Scope } from "../lowering.ts";
import { isHostObject } from "./object.ts";
import { argumentsKey } from "../order.ts";
import { mentionsParameter } from "./parameter.ts";
import { refusedBase } from "./base.ts";
import { globalOf } from "./global.ts";
import { deferredShape } from "./deferred.ts";

export function namedShape(lowering: Lowering, use: TypeUse, scope: Scope): Shape | null {
  const named = lowering.frontend.named(use);
  return named && isDeclarable(lowering, named, lowering.frontend.view(use))
    ? reference(lowering, named, use, scope)
    : null;
}

function isDeclarable(lowering: Lowering, named: NamedView, view: TypeView): boolean {
  // `String` and `Object` of the language are not what they are called.
  if (named.kind !== "alias" && named.kind !== "enum" && view.kind !== "object") return false;
  switch (view.kind) {
    case "object":
      // A class that extends a stream is a stream.
      return (
        named.kind === "alias" ||
        (globalOf(lowering, named.instance, view) === null &&
          refusedBase(lowering, named.instance) === null &&
          !isHostObject(lowering, named.instance, view))
      );
    case "callable":
    case "unresolved":
    case "missing":
    case "parameter":
      return false;
    case "primitive":
      // Names for what says nothing, or cannot cross, would hide it.
      return /^(string|number|boolean|bigint)$/.test(view.name);
    default:
      return true;
  }
}

function reference(lowering: Lowering, named: NamedView, use: TypeUse, scope: Scope): Shape {
  const { declarations } = lowering;
  const inside: Scope = { ...scope, argumentDepth: scope.argumentDepth + 1 };
  const typeArguments = named.typeArguments.map((argument) => lower(lowering, argument, inside));
  const written = lowering.frontend.written(use);
  const isGeneric = typeArguments.length > 0 && typeArguments.length === named.typeParameters.length;
  if (isGeneric && !declarations.computing.has(named.key)) {
    return { kind: "reference", name: declarations.declare(named, true, { written }), typeArguments };
  }
  // One declaration for each instantiation is impossible while an argument is itself a type parameter.
  if (typeArguments.some(mentionsParameter)) return deferredShape(lowering, use, scope);
  const instance = argumentsKey(typeArguments, declarations.drafts);
  return {
    kind: "reference",
    name: declarations.declare(named, false, { instance, written }),
    typeArguments: [],
  };
}
