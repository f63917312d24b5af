/**
 * The examples in a contract's documentation, as scripts: what stands behind `@example` at a binding, with what a reader takes as given.
 *
 * ```
 * @example const rows = await db.query("select 1", []);
 * → const { db } = SecureExec.bindings;
 *   const rows = await db.query("select 1", []);
 * ```
 */
import type { Contract, Leaf, Source } from "./contract.ts";
import { isKeyword } from "./names.ts";
import { readKind, readPragma } from "./pragma.ts";
import { walkLeaves } from "./walk.ts";

export interface Example {
  readonly leaf: Leaf;
  /** Counts from 1 among the examples of its binding. */
  readonly number: number;
  /** What the author wrote, without fences. */
  readonly code: string;
  /** The line of the tag's text in which the code begins, from 0. */
  readonly line: number;
  /** Names of the tree that the code uses and does not declare: `["db"]`. */
  readonly given: readonly string[];
  /** Where the tag is, where that is known. */
  readonly source: Source | undefined;
}

/** Every example of code, in the order of the tree. One that is prose, or code of another language, is none. */
export function examplesOf(contract: Contract): readonly Example[] {
  const names = contract.root.members.map(({ name }) => name).filter((name) => !isKeyword(name));
  return [...walkLeaves(contract.root)].flatMap((leaf) => {
    const docs = [leaf.doc, ...leaf.signatures.flatMap(({ doc }) => doc ?? [])];
    const tags = docs.flatMap((doc) => doc.tags).filter(({ name }) => name === "example");
    return tags
      .flatMap(({ text, source }) => codeIn(text).map((found) => ({ ...found, source })))
      .map((found, at): Example => {
        return { leaf, number: at + 1, ...found, given: names.filter((name) => isGiven(name, found.code)) };
      });
  });
}

/** The text of an example as a script. What is given is in a line of its own in front, behind what the example says of itself. */
export function exampleScript({ code, given }: Pick<Example, "code" | "given">): string {
  if (given.length === 0) return `${code}\n`;
  const lines = code.split("\n");
  const head = headLines(code);
  const names = `const { ${given.join(", ")} } = SecureExec.bindings;`;
  return `${[...lines.slice(0, head), names, ...lines.slice(head)].join("\n")}\n`;
}

/** The line of an author's example, from 1, that a line of its script is. */
export function lineInExample({ code, given }: Pick<Example, "code" | "given">, line: number): number {
  return given.length === 0 || line <= headLines(code) ? line : line - 1;
}

/** A line `// @script` or `// @contract` counts at the top of a script only. */
const headLines = (code: string): number => Math.max(readKind(code)?.line ?? 0, readPragma(code)?.line ?? 0);

/** Fenced blocks of TypeScript or JavaScript; without a fence the whole text. */
function codeIn(text: string): readonly Pick<Example, "code" | "line">[] {
  const fences = [...text.matchAll(/^[ \t]*(```+|~~~+)[ \t]*([\w-]*)[^\n]*\n([^]*?)^[ \t]*\1[ \t]*$/gmu)];
  if (fences.length === 0) {
    const code = text.replace(/^<caption>.*?<\/caption>[ \t]*/u, "").trim();
    return code === "" ? [] : [{ code, line: linesIn(text.slice(0, text.indexOf(code))) }];
  }
  return fences.flatMap(({ 0: block, 2: language = "", 3: code = "", index }) => {
    if (!/^(?:|[cm]?[tj]s|typescript|javascript)$/iu.test(language) || code.trim() === "") return [];
    return [{ code: code.trimEnd(), line: linesIn(text.slice(0, index + block.indexOf("\n") + 1)) }];
  });
}

const linesIn = (text: string): number => text.split("\n").length - 1;

/** Whether code uses a name that it does not declare itself. */
function isGiven(name: string, code: string): boolean {
  const word = name.replace(/[$]/gu, "\\$");
  if (!new RegExp(`(?<![\\w$.])${word}\\s*[.(?]`, "u").test(code)) return false;
  return !new RegExp(
    `\\b(?:const|let|var|function|class)\\s+(?:${word}(?![\\w$])|\\{[^}]*(?<![\\w$])${word}(?![\\w$])[^}]*\\})`,
    "u",
  ).test(code);
}
