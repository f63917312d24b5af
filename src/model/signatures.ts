/**
 * Lists the shapes of a signature, a leaf or a declaration, and gives the same with each shape changed. In one place,
 * because whoever forgets one (the default of a type parameter) lets what stands there pass unseen.
 */
import type { ContractGlobals, Leaf, ScriptKind, Signature, ThrownError, TypeParameter } from "./contract.ts";
import type { RegistryDeclaration, RegistrySignature } from "./registry.ts";
import type { Shape } from "./shape.ts";

/** What stands at the top of a value or of a type parameter, in the order of the text. */
export function shapesOf({ typeParameters, parameters, result }: RegistrySignature): readonly Shape[] {
  return [
    ...typeParameters.flatMap(boundsOf),
    ...parameters.flatMap(({ shape, whole }) => (whole === undefined ? [shape] : [shape, whole])),
    result,
  ];
}

export function leafShapesOf(leaf: {
  readonly signatures: readonly RegistrySignature[];
  readonly throws: readonly ThrownError[];
}): readonly Shape[] {
  return [...leaf.signatures.flatMap(shapesOf), ...leaf.throws.map(({ shape }) => shape)];
}

export function declarationShapesOf({ typeParameters, shape }: RegistryDeclaration): readonly Shape[] {
  return [...typeParameters.flatMap(boundsOf), shape];
}

/** What is said of a script's input and result. */
export function scriptShapesOf({ input, result }: Pick<ScriptKind, "input" | "result">): readonly Shape[] {
  return [input, result].filter((shape) => shape !== null);
}

/** The type of each global. */
export function globalShapesOf({ properties }: Pick<ContractGlobals, "properties">): readonly Shape[] {
  return properties.map(({ shape }) => shape);
}

/** The constraint and the default of a type parameter, if it has them. */
export function boundsOf({ constraint, default: fallback }: TypeParameter): readonly Shape[] {
  return [constraint, fallback].filter((shape) => shape !== null);
}

type MapShape = (shape: Shape) => Shape;

export function mapTypeParameter(parameter: TypeParameter, map: MapShape): TypeParameter {
  return {
    ...parameter,
    constraint: parameter.constraint && map(parameter.constraint),
    default: parameter.default && map(parameter.default),
  };
}

export function mapSignature(signature: Signature, map: MapShape): Signature {
  return {
    ...signature,
    typeParameters: signature.typeParameters.map((parameter) => mapTypeParameter(parameter, map)),
    parameters: signature.parameters.map((parameter) => ({
      ...parameter,
      shape: map(parameter.shape),
      ...(parameter.whole && { whole: map(parameter.whole) }),
    })),
    result: map(signature.result),
  };
}

export function mapSignatures(leaf: Leaf, map: (signature: Signature) => Signature): Leaf {
  const [first, ...others] = leaf.signatures;
  return { ...leaf, signatures: [map(first), ...others.map(map)] };
}

/** The leaf with each shape changed, those of its errors too. */
export function mapLeaf(leaf: Leaf, map: MapShape): Leaf {
  return {
    ...mapSignatures(leaf, (signature) => mapSignature(signature, map)),
    throws: leaf.throws.map((thrown) => ({ ...thrown, shape: map(thrown.shape) })),
  };
}

/** The globals with each shape changed. */
export function mapGlobals(globals: ContractGlobals, map: MapShape): ContractGlobals {
  return {
    ...globals,
    properties: globals.properties.map((property) => ({ ...property, shape: map(property.shape) })),
  };
}

/** The kind of script with each shape changed. */
export function mapScript(script: ScriptKind, map: MapShape): ScriptKind {
  return { ...script, input: script.input && map(script.input), result: script.result && map(script.result) };
}
