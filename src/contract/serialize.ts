/**
 * `contract.json`: a contract as data in a file, and back. Documentation is kept, source locations are dropped, so that
 * reformatting a definition leaves the file as it is.
 *
 * Keys are written in one fixed order, members in the author's. Layout is the emitter's business: this is data to data.
 */
import { canonicalNumber } from "./canonical.ts";
import type {
  Contract,
  Declaration,
  Doc,
  DocTag,
  Signature,
  ThrownError,
  TreeNode,
  TypeParameter,
} from "./contract.ts";
import { digest } from "./digest.ts";
import type { IndexSignature, Lossy, Property, Shape } from "./shape.ts";

/** Raised when older readers would misread newer files. */
export const contractFormat = 1;

export type JsonData =
  null | boolean | number | string | readonly JsonData[] | { readonly [key: string]: JsonData | undefined };

/** The content of `contract.json`. */
export function contractData(contract: Contract): JsonData {
  return {
    isobind: contractFormat,
    digest: digest(contract),
    style: contract.style,
    profile: contract.profile && {
      name: contract.profile.name,
      excluded: contract.profile.excluded.map(({ path, mode, profiles }) => ({ path, mode, profiles })),
    },
    root: nodeData(contract.root),
    declarations: contract.declarations.map(declarationData),
  };
}

function nodeData(node: TreeNode): JsonData {
  switch (node.kind) {
    case "namespace":
      return {
        kind: node.kind,
        name: node.name,
        path: node.path,
        doc: docData(node.doc),
        members: node.members.map(nodeData),
      };
    case "leaf":
      return {
        kind: node.kind,
        name: node.name,
        path: node.path,
        doc: docData(node.doc),
        signatures: node.signatures.map(signatureData),
        policy: { ...node.policy },
        throws: node.throws.map(thrownData),
      };
    case "invalid":
      throw new Error(`\`${node.path.join(".")}\` is no binding and cannot be written to a file.`);
  }
}

function docData(doc: Doc | undefined): JsonData | undefined {
  if (doc === undefined || (doc.text === "" && doc.tags.length === 0)) return undefined;
  return { text: doc.text, tags: doc.tags.length === 0 ? undefined : doc.tags.map(tagData) };
}

function tagData({ name, text, parameter, type }: DocTag): JsonData {
  return { name, parameter, type, text };
}

export function signatureData({ typeParameters, parameters, result, mode }: Signature): JsonData {
  return {
    mode,
    typeParameters: listData(typeParameters.map(typeParameterData)),
    parameters: parameters.map(({ name, shape, quantity, whole }) => ({
      name,
      quantity,
      whole: whole && shapeData(whole),
      shape: shapeData(shape),
    })),
    result: shapeData(result),
  };
}

export function thrownData({ name, shape, description }: ThrownError): JsonData {
  return { name, shape: shapeData(shape), description };
}

/** An empty list says nothing. */
function listData(list: readonly JsonData[]): JsonData | undefined {
  return list.length === 0 ? undefined : list;
}

function typeParameterData(parameter: TypeParameter): JsonData {
  const { name, constraint, default: fallback } = parameter;
  return {
    name,
    const: parameter.const,
    constraint: constraint === null ? undefined : shapeData(constraint),
    default: fallback === null ? undefined : shapeData(fallback),
  };
}

export function declarationData({ name, kind, typeParameters, shape, doc }: Declaration): JsonData {
  return {
    name,
    kind,
    typeParameters: listData(typeParameters.map(typeParameterData)),
    doc: docData(doc),
    shape: shapeData(shape),
  };
}

export function shapeData(shape: Shape): JsonData {
  switch (shape.kind) {
    case "literal":
      return {
        kind: shape.kind,
        type: shape.type,
        value: typeof shape.value === "number" ? canonicalNumber(shape.value) : shape.value,
      };
    case "template":
      return { kind: shape.kind, texts: shape.texts, slots: shape.slots.map(shapeData) };
    case "cased":
      return { kind: shape.kind, casings: shape.casings, base: shapeData(shape.base) };
    case "array":
      return {
        kind: shape.kind,
        readonly: flag(shape.readonly),
        lossy: lossyData(shape.lossy),
        element: shapeData(shape.element),
      };
    case "tuple":
      return {
        kind: shape.kind,
        readonly: flag(shape.readonly),
        elements: shape.elements.map((element) => ({
          label: element.label ?? undefined,
          quantity: element.quantity,
          shape: shapeData(element.shape),
        })),
      };
    case "object":
      return {
        kind: shape.kind,
        lossy: lossyData(shape.lossy),
        properties: shape.properties.map(propertyData),
        index: listData(shape.index.map(indexData)),
      };
    case "map":
      return {
        kind: shape.kind,
        readonly: flag(shape.readonly),
        lossy: lossyData(shape.lossy),
        key: shapeData(shape.key),
        value: shapeData(shape.value),
      };
    case "set":
      return {
        kind: shape.kind,
        readonly: flag(shape.readonly),
        lossy: lossyData(shape.lossy),
        element: shapeData(shape.element),
      };
    case "builtin":
      return { kind: shape.kind, name: shape.name, lossy: lossyData(shape.lossy) };
    case "error":
      return {
        kind: shape.kind,
        name: shape.name,
        lossy: lossyData(shape.lossy),
        properties: listData(shape.properties.map(propertyData)),
      };
    case "union":
    case "intersection":
      return { kind: shape.kind, members: shape.members.map(shapeData) };
    case "brand":
      return { kind: shape.kind, base: shapeData(shape.base), tag: shapeData(shape.tag) };
    case "reference":
      return {
        kind: shape.kind,
        name: shape.name,
        typeArguments: listData(shape.typeArguments.map(shapeData)),
      };
    case "parameter":
      return { kind: shape.kind, name: shape.name };
    case "deferred":
      return {
        kind: shape.kind,
        text: shape.text,
        references: listData(shape.references),
        constraint: shapeData(shape.constraint),
      };
    case "unsupported":
      throw new Error(`A type that cannot cross is not written to a file: ${shape.type}`);
    default:
      return { kind: shape.kind };
  }
}

function propertyData({ name, shape, optional, readonly, doc }: Property): JsonData {
  return {
    name,
    optional: flag(optional),
    readonly: flag(readonly),
    doc: docData(doc),
    shape: shapeData(shape),
  };
}

function indexData({ key, value, readonly }: IndexSignature): JsonData {
  return {
    key: typeof key === "string" ? key : shapeData(key),
    readonly: flag(readonly),
    value: shapeData(value),
  };
}

function flag(value: boolean): true | undefined {
  return value ? true : undefined;
}

function lossyData(lossy: Lossy | undefined): JsonData | undefined {
  return lossy === undefined ? undefined : { from: lossy.from, loses: lossy.loses };
}
