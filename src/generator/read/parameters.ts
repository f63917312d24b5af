/**
 * Names of type parameters. Inside a generic, its parameter hides a declaration of the same name, so a parameter that is called
 * like one gets a number: `interface Box<User>` beside `interface User` -> `Box<User_2>`.
 */
import type { Declaration, Namespace, Signature, TreeNode, TypeParameter } from "../../contract/contract.ts";
import type { Shape } from "../../contract/shape.ts";
import { rename, renameParameter, type NameOf } from "./rename.ts";

type IsFree = (name: string) => boolean;

export function nameParameters(declaration: Declaration, isFree: IsFree): Declaration {
  const nameOf = renaming(declaration.typeParameters, isFree);
  if (!nameOf) return declaration;
  return {
    ...declaration,
    typeParameters: declaration.typeParameters.map((parameter) => named(parameter, nameOf)),
    shape: renamed(declaration.shape, nameOf),
  };
}

export function nameParametersOfTree(root: Namespace, isFree: IsFree): Namespace {
  const visit = (node: TreeNode): TreeNode => {
    if (node.kind === "namespace") return { ...node, members: node.members.map(visit) };
    if (node.kind === "invalid") return node;
    const [first, ...others] = node.signatures;
    const signatures = [first, ...others].map((signature) => nameInSignature(signature, isFree));
    return { ...node, signatures: signatures as [Signature, ...Signature[]] };
  };
  return { ...root, members: root.members.map(visit) };
}

function nameInSignature(signature: Signature, isFree: IsFree): Signature {
  const nameOf = renaming(signature.typeParameters, isFree);
  if (!nameOf) return signature;
  return {
    ...signature,
    typeParameters: signature.typeParameters.map((parameter) => named(parameter, nameOf)),
    parameters: signature.parameters.map((parameter) => ({
      ...parameter,
      shape: renamed(parameter.shape, nameOf),
      ...(parameter.whole && { whole: renamed(parameter.whole, nameOf) }),
    })),
    result: renamed(signature.result, nameOf),
  };
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
  return { ...renameParameter(parameter, nameOf), name: nameOf.parameter(parameter.name) };
}

function renamed(shape: Shape, nameOf: Renaming): Shape {
  return rename(shape, nameOf);
}
