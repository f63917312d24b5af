/**
 * Finds the statement of a script that lacks an `await`, from the frames of a call that nobody waits for: the innermost one where a promise is dropped instead of awaited or
 * passed on. What it cannot be sure of it leaves unsaid.
 */
import { ignoredCallback, leftBehind } from "../../model/way-out.ts";
import type { Known } from "./known-names.ts";
import { readSource } from "./script/read-source.ts";

/** Letters of a script that is parsed once more for this. */
const maxLetters = 262_144;

/** Frames that are looked at. */
const maxFrames = 20;

/** What is missing and what to do, in the words of `typecheck`; `null` where it is not plain to see. `name` is that of the binding, when one was called. */
export function sayLeft(frames: string, name: string | null, known: Known): string | null {
  const { source, filename } = known;
  if (source.length > maxLetters) return null;
  const places = placesIn(frames, filename);
  if (places.length === 0) return null;
  let program: Node;
  try {
    ({ program } = readSource({ source, filename, language: "auto" }));
  } catch {
    return null;
  }
  const offsets = places.map(({ line, column }) => offsetOf(source, line, column));
  const [first = -1] = offsets;
  for (const offset of offsets) {
    const found = lookUp(pathTo(program, offset));
    if (found === "further") continue;
    if (found === null) return null;
    const { node, isCallback } = found;
    // A binding is named when its call is part of what is underlined, as in an editor.
    const isInside = name !== null && node.start <= first && first < node.end;
    const subject = isInside ? `\`${name}\`` : "This expression";
    return isCallback ? ignoredCallback(subject) : leftBehind(subject, source.slice(node.start, node.end));
  }
  return null;
}

interface Place {
  readonly line: number;
  readonly column: number;
}

function placesIn(frames: string, filename: string): readonly Place[] {
  return frames.split("\n", maxFrames + 1).flatMap((frame) => {
    const [, file, line, column] = /^ {4}at (?:.*\()?(.+?):(\d{1,7}):(\d{1,7})\)?$/.exec(frame) ?? [];
    return file === filename ? [{ line: Number(line), column: Number(column) }] : [];
  });
}

function offsetOf(source: string, line: number, column: number): number {
  let start = 0;
  const ends = /\r\n|[\n\r\u2028\u2029]/g;
  for (let at = 1; at < line && ends.exec(source) !== null; at++) start = ends.lastIndex;
  return start + column - 1;
}

interface Node {
  readonly type: string;
  readonly start: number;
  readonly end: number;
}

type Tree = Node & Readonly<Record<string, unknown>>;

/** From the whole script to the smallest node around an offset. */
function pathTo(program: Node, offset: number): readonly Tree[] {
  const path: Tree[] = [];
  for (let node: Tree | undefined = program as Tree; node;) {
    path.push(node);
    node = Object.values(node)
      .flat()
      .find((child): child is Tree => isNode(child) && child.start <= offset && offset < child.end);
  }
  return path;
}

const isNode = (value: unknown): value is Tree =>
  typeof value === "object" && value !== null && typeof (value as { type?: unknown }).type === "string";

interface Found {
  readonly node: Node;
  /** A function that another ignores the promise of. */
  readonly isCallback: boolean;
}

/** `further`: the promise is passed on to whoever called this. `null`: it is taken care of, or used. */
function lookUp(path: readonly Tree[]): Found | "further" | null {
  let at = path.findLastIndex(
    (node, index) => node.type === "CallExpression" && node["callee"] === path[index + 1],
  );
  if (at < 0) return "further";
  for (; at > 0; at--) {
    const node = path[at]!;
    const parent = path[at - 1]!;
    switch (parent.type) {
      case "ChainExpression":
      case "SequenceExpression":
        continue;
      case "LogicalExpression":
        if (parent["left"] === node) return null;
        continue;
      case "ConditionalExpression":
        if (parent["test"] === node) return null;
        continue;
      case "MemberExpression":
        // `.then(…)`, which gives a promise again.
        if (!isPassing(parent, path[at - 2])) return null;
        at--;
        continue;
      case "ExpressionStatement":
        return { node: parent, isCallback: false };
      case "VariableDeclarator":
        return isUsed(parent, path) ? null : { node: path[at - 2]!, isCallback: false };
      case "AwaitExpression":
      case "ReturnStatement":
      case "ArrowFunctionExpression": {
        const inside = path.findLastIndex((one, index) => index < at && /Function/.test(one.type));
        if (inside < 0) return null;
        const caller = path[inside - 1];
        if (caller?.type !== "CallExpression") return "further";
        if (caller["callee"] !== path[inside] && isForEach(caller))
          return { node: path[inside]!, isCallback: true };
        at = inside;
        continue;
      }
      default:
        return null;
    }
  }
  return null;
}

function isPassing(member: Tree, call: Tree | undefined): boolean {
  if (call?.type !== "CallExpression" || call["callee"] !== member) return false;
  const given = (call["arguments"] as readonly unknown[]).length;
  const name = nameOf(member["property"]);
  return (name === "then" && given === 1) || name === "finally";
}

const isForEach = (call: Tree): boolean => nameOf((call["callee"] as Tree)["property"]) === "forEach";

const nameOf = (node: unknown): unknown => (isNode(node) && node.type === "Identifier" ? node["name"] : null);

/** By its letters: a variable that is named once more may be awaited there. */
function isUsed(declarator: Tree, [program]: readonly Tree[]): boolean {
  const name = nameOf(declarator["id"]);
  if (typeof name !== "string" || program === undefined) return true;
  let count = 0;
  const visit = (value: unknown): void => {
    if (Array.isArray(value)) value.forEach(visit);
    else if (isNode(value)) {
      if (nameOf(value) === name) count++;
      Object.values(value).forEach(visit);
    }
  };
  visit(program);
  return count > 1;
}
