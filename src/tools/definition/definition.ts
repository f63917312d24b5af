/**
 * Prints the definition of a plan: a file in the contract style that the generator reads as any other, with the digest of the far side. Pure; every text of
 * the far side goes through the emitters that escape it.
 */
import {
  emptyDoc,
  nowhere,
  type Declaration,
  type Doc as AuthorDoc,
  type Signature,
} from "../../model/contract.ts";
import type { Shape } from "../../model/shape.ts";
import { commentDoc } from "../../emit/declaration/comment.ts";
import { declarationDoc } from "../../emit/declaration/declared.ts";
import { nameScope, type NameScope } from "../../emit/declaration/scope.ts";
import { signatureDoc } from "../../emit/declaration/signature.ts";
import { propertyName } from "../../emit/escape/property-name.ts";
import { typescriptText } from "../../emit/print/data.ts";
import { hardline, indent, type Doc } from "../../emit/print/doc.ts";
import { settle } from "../../emit/print/settle.ts";
import { visible } from "../../model/names.ts";
import type { Json } from "../../model/json.ts";
import type { Tool } from "../tool.ts";
import { pinsOf, type Plan, type PlannedTool } from "../plan.ts";
import { boundsOf } from "../schema/describe.ts";
import { proseOf } from "../schema/prose.ts";
import { shapeOf } from "../schema/shape.ts";
import { errorDeclarations, thrownTags } from "./errors.ts";

/** How the first line of every definition of ours begins; a file with another one is somebody's own. */
export const mark = "// Imported by isobind";

export function definitionText(plan: Plan): string {
  const pins = pinsOf(plan);
  const leaves = plan.tools.map((tool) => leafOf(tool));
  const declarations = [
    ...leaves.flatMap((leaf) => leaf.declarations),
    ...[...plan.definitions.values()].map(({ name, node, description }) =>
      declarationOf(name, shapeOf(node), textOf(proseOf(description), boundsOf(node))),
    ),
    ...errorDeclarations(plan.source.throws),
  ];
  const text = settle((objectGroup) => {
    const scope = scopeOf(declarations, objectGroup);
    return [
      `${mark} from ${words[plan.source.kind]}. Do not edit: run the same \`isobind import ${plan.source.kind}\` again.`,
      hardline,
      `// @far ${pins.digest}`,
      hardline,
      `import type { ImportedTools } from "isobind/tools";`,
      hardline,
      hardline,
      "export interface Bindings ",
      treeDoc(leaves, 0, scope),
      hardline,
      ...declarations.flatMap((one): Doc[] => [hardline, exportedDoc(one, scope), hardline]),
    ];
  });
  const comment =
    "/** What the far side had when this file was written. A host gives it to the function that calls the tools. */";
  const { from, settings, digest, tools } = pins;
  const data = { from, settings: { ...settings }, digest, tools };
  return `${text}\n${comment}\n${typescriptText("export const tools: ImportedTools<Bindings> = ", data, ";")}\n`;
}

const words = {
  mcp: "an MCP server",
  openapi: "an OpenAPI document",
  ai: "tools of the AI SDK",
  "json-schema": "a list of tools with JSON Schemas",
} as const;

interface LeafText {
  readonly path: readonly string[];
  readonly doc: AuthorDoc;
  readonly signature: Signature;
  readonly declarations: readonly Declaration[];
}

function leafOf({ tool, path, input, result, typeNames }: PlannedTool): LeafText {
  const declarations: Declaration[] = [];
  const named = (shape: Shape, name: string, text: string): Shape => {
    if (shape.kind !== "object" || shape.properties.length === 0) return shape;
    declarations.push(declarationOf(name, shape, text));
    return { kind: "reference", name, typeArguments: [] };
  };
  const far = `\`${path.join(".")}\``;
  const parameter = input && named(shapeOf(input), typeNames.input, `What ${far} takes.`);
  const isOptional =
    input?.kind === "object" &&
    input.minProperties === undefined &&
    input.properties.every((one) => !one.required);
  const shown = result ? named(shapeOf(result), typeNames.result, `What ${far} gives.`) : null;
  return {
    path,
    doc: {
      text: textOf(proseOf(tool.description), farNameOf(tool, path)),
      tags: [
        ...thrownTags(tool.route !== undefined),
        ...(tool.deprecated ? [{ name: "deprecated", text: "" }] : []),
      ],
    },
    signature: {
      typeParameters: [],
      parameters: parameter
        ? [{ name: "input", shape: parameter, quantity: isOptional ? "optional" : "one", source: nowhere }]
        : [],
      result: shown ?? { kind: "void" },
      mode: "async",
      source: nowhere,
    },
    declarations,
  };
}

/** `GET /pets/{id}`, or the name where it is another. */
function farNameOf({ name, route }: Tool, path: readonly string[]): string {
  const [method, at] = Array.isArray(route) ? (route as readonly Json[]) : [];
  const shown = typeof method === "string" && typeof at === "string" ? `${method} ${at}` : name;
  if (shown === path.at(-1)) return "";
  return `The ${route === undefined ? "tool" : "operation"} \`${visible(shown).replace(/[`@]/gu, "")}\`.`;
}

function declarationOf(name: string, shape: Shape, text: string): Declaration {
  const kind = shape.kind === "object" ? "interface" : "alias";
  return { name, kind, typeParameters: [], shape, doc: { text, tags: [] }, source: nowhere };
}

function textOf(...paragraphs: readonly string[]): string {
  return paragraphs.filter((text) => text !== "").join("\n\n");
}

/** Before: leaves with paths. After: an interface body with a namespace in braces for each step but the last. */
function treeDoc(leaves: readonly LeafText[], depth: number, scope: NameScope): Doc {
  const steps = [...new Set(leaves.map(({ path }) => path[depth] ?? ""))];
  const members = steps.map((step): Doc => {
    const below = leaves.filter(({ path }) => path[depth] === step);
    const [only] = below;
    return only?.path.length === depth + 1
      ? [commentDoc(only.doc), propertyName(step), signatureDoc(only.signature, scope)]
      : [propertyName(step), ": ", treeDoc(below, depth + 1, scope)];
  });
  if (members.length === 0) return "{}";
  return ["{", indent(members.map((member): Doc => [hardline, member, ";"])), hardline, "}"];
}

function exportedDoc(declaration: Declaration, scope: NameScope): Doc {
  return [commentDoc(declaration.doc), "export ", declarationDoc({ ...declaration, doc: emptyDoc }, scope)];
}

function scopeOf(declarations: readonly Declaration[], objectGroup: NameScope["objectGroup"]): NameScope {
  const root = {
    kind: "namespace",
    name: "",
    path: [],
    doc: emptyDoc,
    members: [],
    source: nowhere,
  } as const;
  return { ...nameScope({ style: "contract", root, declarations }, [], objectGroup), late: [] };
}
