/**
 * Compares documentation: of leaves, their parameters, namespaces and named types. Tags that mean something to the
 * machine (policy, `@throws`) are compared where they mean it.
 */
import type { Contract, Declaration, Doc, DocTag, Leaf, Namespace } from "../model/contract.ts";
import { policyTags } from "../model/policy.ts";
import { profileTag } from "../model/profile.ts";
import { partsOf } from "../model/parts.ts";
import type { Shape } from "../model/shape.ts";
import type { Finding } from "./change.ts";

export function compareLeafDocs(before: Leaf, after: Leaf): Finding[] {
  const path = after.path;
  const findings: Finding[] = [...compareDeprecation(before.doc, after.doc, path)];
  if (proseOf(before.doc) !== proseOf(after.doc))
    findings.push({ kind: "documentation-changed", path, where: "" });
  const old = parameterDocs(before.doc);
  const now = parameterDocs(after.doc);
  for (const name of new Set([...old.keys(), ...now.keys()])) {
    // A parameter that came or went, or has a new name, is news of its own.
    const isInBoth = [before, after].every((leaf) => hasParameter(leaf, name));
    if (!isInBoth || old.get(name) === now.get(name)) continue;
    findings.push({ kind: "parameter-documentation-changed", path, where: `argument ${name}`, name });
  }
  return findings;
}

export function compareNamespaceDocs(before: Namespace, after: Namespace): Finding[] {
  const path = after.path;
  const findings: Finding[] = [...compareDeprecation(before.doc, after.doc, path)];
  if (proseOf(before.doc) !== proseOf(after.doc)) {
    findings.push({ kind: "namespace-documentation-changed", path, where: "" });
  }
  return findings;
}

/** Documentation of named types and of their properties; one finding a type. */
export function compareTypeDocs(before: Contract, after: Contract): Finding[] {
  const old = new Map(before.declarations.map((declaration) => [declaration.name, declaration]));
  return after.declarations.flatMap((declaration): Finding[] => {
    const other = old.get(declaration.name);
    if (!other || textOf(other) === textOf(declaration)) return [];
    const { name } = declaration;
    return [{ kind: "type-documentation-changed", path: [], where: `type ${name}`, name, root: name }];
  });
}

function compareDeprecation(before: Doc, after: Doc, path: readonly string[]): Finding[] {
  const isDeprecated = (doc: Doc): boolean => doc.tags.some((tag) => tag.name === "deprecated");
  if (isDeprecated(before) === isDeprecated(after)) return [];
  return [{ kind: isDeprecated(after) ? "deprecated-added" : "deprecated-removed", path, where: "" }];
}

const silent: ReadonlySet<string> = new Set([...policyTags, profileTag, "throws", "deprecated", "param"]);

const tagText = (tag: DocTag): string => `@${tag.name} ${tag.type ?? ""} ${tag.parameter ?? ""} ${tag.text}`;

function proseOf(doc: Doc): string {
  return [doc.text, ...doc.tags.filter((tag) => !silent.has(tag.name)).map(tagText)].join("\n");
}

function parameterDocs(doc: Doc): ReadonlyMap<string, string> {
  const tags = doc.tags.filter((tag) => tag.name === "param");
  return new Map(tags.map((tag) => [tag.parameter ?? "", tag.text]));
}

const hasParameter = (leaf: Leaf, name: string): boolean =>
  leaf.signatures.some((signature) => signature.parameters.some((parameter) => parameter.name === name));

/** All prose of a declaration; properties by name, so that one that came or went is not a change of documentation. */
function textOf(declaration: Declaration): string {
  return [proseOf(declaration.doc), ...propertyDocs(declaration.shape)].join("\n");
}

function* propertyDocs(shape: Shape): Generator<string> {
  if (shape.kind === "object" || shape.kind === "error") {
    for (const property of shape.properties) {
      if (property.doc)
        yield `${property.name}: ${[property.doc.text, ...property.doc.tags.map(tagText)].join(" ")}`;
    }
  }
  for (const part of partsOf(shape)) yield* propertyDocs(part.shape);
}
