/**
 * Said: which property of `SecureExec` or of `console` an error of the engine speaks of. The engine names what was called, and shows the place of what was
 * read; what a variable stands for is looked up in the script, where it is plain to see. A script's error may say anything, and a script may be of any
 * length: every pattern here is bounded.
 */
import type { GuestError } from "../seam.ts";
import type { Known } from "./known-names.ts";

/** A path from a global: `["SecureExec", "bindings", "usrs"]`. */
export interface Said {
  readonly path: readonly string[];
  /** It was not the path that failed, but what its call returned. */
  readonly isResult: boolean;
}

export function saidIn(error: GuestError, known: Known): Said | null {
  const { message } = error;
  if (message.length > 500) return null;
  const called =
    /^(?:\(0 , )?([\w$.]+)\)? is not (?:a function|a constructor)(?: or its return value is not (?:async )?iterable)?$/.exec(
      message,
    )?.[1];
  if (called !== undefined) {
    const said = resolved(called, known);
    if (said !== null) return { ...said, isResult: said.isResult || message.endsWith("iterable") };
    // `rows.map`, where `rows` is a result.
    const owner = resolved(called.slice(0, called.lastIndexOf(".")), known);
    return owner?.isResult === true ? owner : null;
  }
  const result = /^([\w$.]+)\(\.\.\.\)\.[\w$.]+ is not a function$/.exec(message)?.[1];
  if (result !== undefined) {
    const said = resolved(result, known);
    return said === null ? null : { ...said, isResult: true };
  }
  const taken = /^Cannot destructure property '[^']*' of '([\w$.]+)' as it is undefined\.$/.exec(
    message,
  )?.[1];
  if (taken !== undefined) return resolved(taken, known);
  if (!/^Cannot read properties of undefined \(reading '[^']*'\)$/.test(message)) return null;
  const read = /([\w$]+(?:\??\.[\w$]+)*)\??\.?$/.exec(before(error.stack, known))?.[1];
  return read === undefined ? null : resolved(read.replaceAll("?.", "."), known);
}

/** The binding that the script calls at the first place of a stack, by its dotted name; `null` for none. */
export function calledIn(frames: string, known: Known): string | null {
  const { line, at } = placeIn(frames, known);
  const owner = /([\w$]+(?:\.[\w$]+)*)\.$/.exec(line.slice(0, at).slice(-200))?.[1] ?? null;
  const name = /^[\w$]{1,100}/.exec(line.slice(at))?.[0];
  if (name === undefined) return null;
  const said = resolved(owner === null ? name : `${owner}.${name}`, known);
  if (said === null || said.isResult) return null;
  const [root, tree, ...path] = said.path;
  const isLeaf = known.setup.leaves.some((leaf) => leaf.path.join(".") === path.join("."));
  return root === "SecureExec" && tree === "bindings" && isLeaf ? path.join(".") : null;
}

/** The script's line up to the place an error shows first; of a long line the end. */
function before(stack: string, known: Known): string {
  const { line, at } = placeIn(stack, known);
  return line.slice(0, at).slice(-200);
}

/** Where an error was made. */
interface PlaceInScript {
  /** The frame that the error shows first, with the line end before it. */
  readonly frame: string;
  /** The script's line, and the letters before the place; an empty line where it is another file's. */
  readonly line: string;
  readonly at: number;
}

export function placeIn(stack: string, { filename, source }: Known): PlaceInScript {
  const frame = /\n {4}at [^\n]{0,1000}/.exec(stack)?.[0] ?? "";
  const place = /:(\d{1,7}):(\d{1,7})\)?$/.exec(frame);
  if (place === null || !frame.includes(`${filename}:${place[1]}:${place[2]}`))
    return { frame, line: "", at: 0 };
  const line = source.split("\n", Number(place[1]))[Number(place[1]) - 1] ?? "";
  return { frame, line, at: Number(place[2]) - 1 };
}

/** `usrs.list`, where the script says `const { usrs } = SecureExec.bindings`, is `SecureExec.bindings.usrs.list`. */
function resolved(expression: string, known: Known): Said | null {
  const [root = "", ...rest] = expression.split(".");
  if (root === "SecureExec" || root === "console")
    return rest.length > 0 ? { path: [root, ...rest], isResult: false } : null;
  const meant = variables(known.source).get(root);
  if (meant === undefined) return null;
  return { path: [...meant.path, ...(meant.isResult ? [] : rest)], isResult: meant.isResult };
}

/** Variables that stand for a part of the tree, or for what a call of it returned without an `await`. */
function variables(source: string): ReadonlyMap<string, Said> {
  const found = new Map<string, Said>();
  const steps = String.raw`SecureExec((?:\s{0,20}\.[\w$]{1,100}){0,8})`;
  const plain = new RegExp(
    String.raw`\b(?:const|let|var)\s{1,20}([\w$]{1,100})\s{0,20}=\s{0,20}${steps}\s{0,5}(\(?)`,
    "g",
  );
  for (const [, name = "", path = "", call] of source.matchAll(plain))
    found.set(name, { path: ["SecureExec", ...stepsOf(path)], isResult: call === "(" });
  const taken = new RegExp(String.raw`\{([^{}]{1,500})\}\s{0,20}=\s{0,20}${steps}(?!\s{0,5}[([.\w$])`, "g");
  for (const [, names = "", path = ""] of source.matchAll(taken)) {
    for (const part of names.split(",")) {
      const [, key, own = key] = /^\s*([\w$]+)(?:\s*:\s*([\w$]+))?\s*(?:=.*)?$/s.exec(part) ?? [];
      if (key !== undefined && own !== undefined)
        found.set(own, { path: ["SecureExec", ...stepsOf(path), key], isResult: false });
    }
  }
  return found;
}

function stepsOf(path: string): string[] {
  return path
    .split(".")
    .slice(1)
    .map((step) => step.trim());
}
