/**
 * Tells which nodes have values that are converted: those from which a date or bytes can be reached. Found once for all calls, by a walk over all nodes behind
 * one and back from what is converted: schemas contain themselves and one another, and references may follow one another without end.
 */
import type { SchemaNode } from "../schema/node.ts";
import type { Look } from "./check.ts";

export function startTurning(look: Look): (node: SchemaNode) => boolean {
  const known = new Map<SchemaNode, boolean>();

  function find(root: SchemaNode): void {
    /** Node -> those it is a part of. */
    const wholes = new Map<SchemaNode, SchemaNode[]>([[root, []]]);
    // Grows while it is walked.
    for (const node of wholes.keys()) {
      if (known.has(node)) continue;
      for (const part of partsOf(node, look)) {
        const of = wholes.get(part);
        if (of === undefined) wholes.set(part, [node]);
        else of.push(node);
      }
    }
    const turning = new Set([...wholes.keys()].filter((node) => known.get(node) ?? isConverted(node)));
    for (const node of turning) for (const whole of wholes.get(node) ?? []) turning.add(whole);
    for (const node of wholes.keys()) known.set(node, turning.has(node));
  }

  return (node) => {
    if (!known.has(node)) find(node);
    return known.get(node) === true;
  };
}

function isConverted(node: SchemaNode): boolean {
  return node.kind === "string" && node.as !== undefined;
}

/** The nodes of a value's parts, and those that it may be of instead. Inside an intersection nothing is converted. */
function partsOf(node: SchemaNode, look: Look): readonly SchemaNode[] {
  switch (node.kind) {
    case "array":
      return [...node.prefix, ...(node.rest ? [node.rest] : [])];
    case "object":
      return [
        ...[...node.properties, ...node.patterns].map((part) => part.node),
        ...(node.additional ? [node.additional] : []),
      ];
    case "union":
      return node.members;
    case "reference":
      return [look(node.name)];
    default:
      node.kind satisfies "any" | "never" | "boolean" | "null" | "literal" | "string" | "number" | "all";
      return [];
  }
}
