/**
 * Writes a contract as the data of `contract.json`. Documentation is kept, source locations are dropped, so that
 * reformatting a definition leaves the file as it is.
 *
 * Keys are written in one fixed order, members in the author's. Layout is the emitter's business: this is data to data.
 */
import { canonicalNumber } from "../identity/canonical.ts";
import type {
  Contract,
  ContractGlobals,
  Declaration,
  Doc,
  DocTag,
  Leaf,
  ScriptKind,
  Signature,
  ThrownError,
  TreeNode,
} from "../contract.ts";
import { digest } from "../identity/digest.ts";
import type { Json } from "../json.ts";
import { turnedFields, type Turn } from "../fields.ts";
import { turned } from "../kinds.ts";
import { declarationFields, signatureFields, thrownFields } from "../pieces.ts";
import { globalsShape } from "../globals.ts";
import type { RegistryDeclaration, RegistryGlobals, RegistryScript, RegistrySignature } from "../registry.ts";
import type { Shape } from "../shape.ts";

/** Raised when older readers would misread newer files. */
export const contractFormat = 1;

/** Gives what is known of a piece of a contract, or makes it. */
export type KeepPiece = (piece: object, make: () => Json) => Json;

const keepNothing: KeepPiece = (_piece, make) => make();

/** The content of `contract.json`. `keep` is asked for each leaf and declaration, which are most of it. */
export function contractData(contract: Contract, keep: KeepPiece = keepNothing): Json {
  return {
    isobind: contractFormat,
    digest: digest(contract),
    style: contract.style,
    profile: contract.profile && {
      name: contract.profile.name,
      excluded: contract.profile.excluded.map(({ path, mode, profiles }) => ({ path, mode, profiles })),
    },
    root: nodeData(contract.root, keep),
    scripts: contract.scripts?.map(scriptData),
    globals: contract.globals && globalsData(contract.globals),
    declarations: contract.declarations.map((declaration) =>
      keep(declaration, () => declarationData(declaration)),
    ),
  };
}

export function scriptData({
  name,
  input,
  result,
  doc,
  partDocs,
}: RegistryScript & Partial<Pick<ScriptKind, "doc" | "partDocs">>): Json {
  return {
    name,
    doc: docData(doc),
    inputDoc: docData(partDocs?.input),
    input: input === null ? undefined : shapeData(input),
    resultDoc: docData(partDocs?.result),
    result: result === null ? undefined : shapeData(result),
  };
}

export function globalsData({
  properties,
  doc,
}: RegistryGlobals & Partial<Pick<ContractGlobals, "doc">>): Json {
  return { doc: docData(doc), shape: shapeData(globalsShape(properties)) };
}

function nodeData(node: TreeNode, keep: KeepPiece): Json {
  switch (node.kind) {
    case "namespace":
      return {
        kind: node.kind,
        name: node.name,
        path: node.path,
        doc: docData(node.doc),
        members: node.members.map((member) => nodeData(member, keep)),
      };
    case "leaf":
      return keep(node, () => leafData(node));
    case "invalid":
      throw new Error(`\`${node.path.join(".")}\` is no binding and cannot be written to a file.`);
  }
}

function leafData({ kind, name, path, doc, signatures, policy, throws }: Leaf): Json {
  return {
    kind,
    name,
    path,
    doc: docData(doc),
    signatures: signatures.map(signatureData),
    policy: { ...policy },
    throws: throws.map(thrownData),
  };
}

function docData(doc: Doc | undefined): Json | undefined {
  if (doc === undefined || (doc.text === "" && doc.tags.length === 0)) return undefined;
  return { text: doc.text, tags: doc.tags.length === 0 ? undefined : doc.tags.map(tagData) };
}

function tagData({ name, text, parameter, type }: DocTag): Json {
  return { name, parameter, type, text };
}

export function signatureData(signature: RegistrySignature & Pick<Signature, "doc">): Json {
  return turnedFields(signatureFields, signature, fieldData) as Json;
}

export function thrownData(thrown: ThrownError): Json {
  return turnedFields(thrownFields, thrown, fieldData) as Json;
}

export function declarationData(declaration: RegistryDeclaration & Partial<Pick<Declaration, "doc">>): Json {
  return turnedFields(declarationFields, declaration, fieldData) as Json;
}

export function shapeData(shape: Shape): Json {
  if (shape.kind === "unsupported")
    throw new Error(`A type that cannot cross is not written to a file: ${shape.type}`);
  return { kind: shape.kind, ...(turned(shape, fieldData) as { readonly [key: string]: Json }) };
}

const fieldData: Turn = (field, value, _holder, _at, inside) => {
  if (value === null) return undefined;
  switch (field.is) {
    case "shape":
      return typeof value === "string" ? value : shapeData(value as Shape);
    case "literal":
      return typeof value === "number" ? canonicalNumber(value) : value;
    case "flag":
      return value === true ? true : undefined;
    case "doc":
      return docData(value as Doc);
    case "source":
      return undefined;
    default:
      return field.absent === "empty" && isEmpty(value) ? undefined : inside();
  }
};

const isEmpty = (value: unknown): boolean => Array.isArray(value) && value.length === 0;
