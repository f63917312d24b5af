/**
 * Renames type parameters that are called like a declaration. Inside a generic, its parameter hides a declaration of the
 * same name, so a parameter that is called like one gets a number: `interface Box<User>` beside `interface User` ->
 * `Box<User_2>`.
 */
import type { Declaration, Namespace, Signature, TypeParameter } from "../model/contract.ts";
import type { Shape } from "../model/shape.ts";
import { mapSignature, mapSignatures, mapTypeParameter } from "../model/signatures.ts";
import { mapLeaves } from "../model/walk.ts";
import { freeName } from "./free-name.ts";
import { rename, type NameOf } from "./rename.ts";

type IsFree = (name: string) => boolean;

export function nameParameters(declaration: Declaration, isFree: IsFree): Declaration {
  const nameOf = renaming(declaration.typeParameters, isFree);
  if (!nameOf) return declaration;
  const renamed = (shape: Shape): Shape => rename(shape, nameOf);
  return {
    ...declaration,
    typeParameters: declaration.typeParameters.map((parameter) =>
      named(mapTypeParameter(parameter, renamed), nameOf),
    ),
    shape: renamed(declaration.shape),
  };
}

export function nameParametersOfTree(root: Namespace, isFree: IsFree): Namespace {
  return mapLeaves(root, (leaf) => mapSignatures(leaf, (signature) => nameInSignature(signature, isFree)));
}

function nameInSignature(signature: Signature, isFree: IsFree): Signature {
  const nameOf = renaming(signature.typeParameters, isFree);
  if (!nameOf) return signature;
  const renamed = mapSignature(signature, (shape) => rename(shape, nameOf));
  return { ...renamed, typeParameters: renamed.typeParameters.map((parameter) => named(parameter, nameOf)) };
}

type Renaming = NameOf & Required<Pick<NameOf, "parameter">>;

/** `null` when every parameter may keep its name. */
function renaming(parameters: readonly TypeParameter[], isFree: IsFree): Renaming | null {
  if (parameters.every(({ name }) => isFree(name))) return null;
  const names = new Map<string, string>();
  const taken = new Set(parameters.map(({ name }) => name).filter(isFree));
  for (const { name } of parameters) {
    const free = freeName(name, (wished) => !isFree(wished) || (wished !== name && taken.has(wished)));
    taken.add(free);
    names.set(name, free);
  }
  return Object.assign((token: string) => token, { parameter: (name: string) => names.get(name) ?? name });
}

function named(parameter: TypeParameter, nameOf: Renaming): TypeParameter {
  return { ...parameter, name: nameOf.parameter(parameter.name) };
}
