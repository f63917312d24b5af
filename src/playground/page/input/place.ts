/** Places in JSON that is being written: from a place in the text to the way there, and back. The text need not be whole. */
import { syntaxTree } from "@codemirror/language";
import type { EditorState } from "@codemirror/state";
import type { JsonPath } from "../../protocol.ts";

type Node = ReturnType<typeof syntaxTree>["topNode"];

/** What is written at a place of the text. */
export interface Place {
  readonly kind: "key" | "value";
  /** To the object of a key; to the value itself. */
  readonly path: JsonPath;
  /** What has been typed of it. */
  readonly from: number;
  readonly to: number;
  /** Names that the object of a key has already. */
  readonly taken: readonly string[];
}

const values = ["String", "Number", "True", "False", "Null", "Object", "Array"];
const isValue = ({ name }: Node): boolean => values.includes(name);

export function placeAt(state: EditorState, at: number): Place | null {
  const node = syntaxTree(state).resolveInner(at, -1);
  // A word that is no JSON yet stands where a key or a value will.
  const written = ["PropertyName", "String", "Number", "True", "False", "Null"].includes(node.name)
    ? node
    : null;
  const from = written?.from ?? wordStart(state, at);
  const to = written?.to ?? at;
  const holder = containerOf(written ?? node, from);
  if (holder === null) return { kind: "value", path: [], from, to, taken: [] };
  const path = pathTo(state, holder);
  if (holder.name === "Array") {
    const index = holder.getChildren("Array").length; // Only counts below what stands before the place.
    return { kind: "value", path: [...path, indexAt(holder, from, index)], from, to, taken: [] };
  }
  const key = keyBefore(state, holder, from);
  if (key !== null) return { kind: "value", path: [...path, key], from, to, taken: [] };
  const taken = holder
    .getChildren("Property")
    .map((property) => property.getChild("PropertyName"))
    .flatMap((name) => (name === null || name.from === from ? [] : [nameOf(state, name)]));
  return { kind: "key", path, from, to, taken };
}

/** Where the text is no JSON any more; its end when nothing of it is wrong. */
export function firstFault(state: EditorState): number {
  let found = state.doc.length;
  syntaxTree(state).iterate({
    enter({ type, from }) {
      if (type.isError) found = Math.min(found, from);
    },
  });
  return found;
}

/** The text of the value at the end of a way, or of as much of the way as there is; of a whole object its beginning. */
export function rangeOf(state: EditorState, path: JsonPath): { readonly from: number; readonly to: number } {
  let node = syntaxTree(state).topNode.firstChild;
  let label: Node | null = null;
  for (const step of path) {
    if (node === null) break;
    const [name, next] = partOf(state, node, step);
    if (next === null) break;
    label = name;
    node = next;
  }
  if (node === null) return { from: 0, to: state.doc.length };
  const isLong = node.name === "Object" || node.name === "Array";
  if (!isLong) return { from: node.from, to: node.to };
  return label === null ? { from: node.from, to: node.from + 1 } : { from: label.from, to: label.to };
}

function partOf(state: EditorState, node: Node, step: string | number): readonly [Node | null, Node | null] {
  if (node.name === "Array") return [null, elementsOf(node)[Number(step)] ?? null];
  const property = node.getChildren("Property").find((one) => {
    const name = one.getChild("PropertyName");
    return name !== null && nameOf(state, name) === String(step);
  });
  const value = property?.lastChild ?? null;
  return [property?.getChild("PropertyName") ?? null, value !== null && isValue(value) ? value : null];
}

function elementsOf(array: Node): readonly Node[] {
  const found: Node[] = [];
  for (let child = array.firstChild; child !== null; child = child.nextSibling)
    if (isValue(child)) found.push(child);
  return found;
}

/** The way to an object or a list. */
function pathTo(state: EditorState, node: Node): JsonPath {
  const steps: (string | number)[] = [];
  for (let at = node; at.parent !== null; at = at.parent) {
    const { parent } = at;
    if (parent.name === "Array") steps.unshift(elementsOf(parent).findIndex(({ from }) => from === at.from));
    const name = parent.name === "Property" ? parent.getChild("PropertyName") : null;
    if (name !== null) steps.unshift(nameOf(state, name));
  }
  return steps;
}

/** The object or the list that a place lies in. */
function containerOf(node: Node, from: number): Node | null {
  for (let at: Node | null = node; at !== null; at = at.parent) {
    const isContainer = at.name === "Object" || at.name === "Array";
    if (isContainer && at.from < from && (at.to > from || !isClosed(at))) return at;
  }
  return null;
}

const isClosed = (node: Node): boolean => node.lastChild?.name === "}" || node.lastChild?.name === "]";

function indexAt(array: Node, from: number, none: number): number {
  const elements = elementsOf(array);
  return elements.length === 0 ? none : elements.filter((element) => element.to <= from).length;
}

/** The key whose value is written at a place; `null` where a key is. */
function keyBefore(state: EditorState, object: Node, from: number): string | null {
  const before = object
    .getChildren("Property")
    .filter((property) => property.from < from)
    .at(-1);
  const name = before?.getChild("PropertyName");
  if (name == null) return null;
  const between = state.sliceDoc(name.to, from);
  return /^\s*:\s*$/u.test(between) ? nameOf(state, name) : null;
}

function nameOf(state: EditorState, { from, to }: Node): string {
  const text = state.sliceDoc(from, to);
  try {
    return String(JSON.parse(text));
  } catch {
    return text.replaceAll('"', "");
  }
}

function wordStart(state: EditorState, at: number): number {
  const line = state.doc.lineAt(at);
  return at - (/["\p{ID_Continue}$-]*$/u.exec(line.text.slice(0, at - line.from))?.[0].length ?? 0);
}
