/** Finds the node of a script's syntax tree at a position. */
import { ts } from "./service.ts";

/** The smallest node that starts at a position. */
export function nodeAt(source: ts.SourceFile, position: number): ts.Node {
  let best: ts.Node = source;
  const visit = (node: ts.Node): void => {
    if (node.getStart(source) > position || node.end <= position) return;
    best = node;
    ts.forEachChild(node, visit);
  };
  visit(source);
  return best;
}
