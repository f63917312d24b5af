/**
 * Names of type parameters. Inside a generic, its parameter hides a declaration of the same name, so a parameter that is called
 * like one gets a number: `interface Box<User>` beside `interface User` -> `Box<User_2>`.
 */
import type { Declaration, Namespace, Signature, TreeNode, TypeParameter } from "../model/contract.ts";
import type { Shape } from "../model/shape.ts";
import { mapSignature, mapSignatures, mapTypeParameter } from "../model/signatures.ts";
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
  const visit = (node: TreeNode): TreeNode => {
    if (node.kind === "namespace") return { ...node, members: node.members.map(visit) };
    if (node.kind === "invalid") return node;
    return mapSignatures(node, (signature) => nameInSignature(signature, isFree));
  };
  return { ...root, members: root.members.map(visit) };
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
    let free = name;
    for (let count = 2; !isFree(free) || (free !== name && taken.has(free)); count++)
      free = `${name}_${count}`;
    taken.add(free);
    names.set(name, free);
  }
  return Object.assign((token: string) => token, { parameter: (name: string) => names.get(name) ?? name });
}

function named(parameter: TypeParameter, nameOf: Renaming): TypeParameter {
  return { ...parameter, name: nameOf.parameter(parameter.name) };
}
