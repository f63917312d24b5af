/**
 * Looks at emitted text a last time before it leaves: whatever a definition contains, an output holds the statements we
 * meant and no word that is neither ours nor a name of the contract. A failure is a hole in an escaper, so it is an
 * exception, and nothing is written.
 *
 * This is the second line of defence and costs a few milliseconds; tests parse outputs with a compiler as well.
 */
import type { Contract } from "../../model/contract.ts";
import { contractData } from "../../model/file/serialize.ts";
import type { Json } from "../../model/json.ts";
import { remembered } from "../../model/remembered.ts";
import { walkLeaves, walkNamespaces } from "../../model/walk.ts";
import { replaceOdd } from "../escape/odd.ts";
import { depthChange, scan, scanLines, type Line, type Token } from "./tokens.ts";
import { declarationWords, emittedNames, registryWords } from "./vocabulary.ts";

/** What is known of the lines that an output had the last time, and of what the pieces of a contract are called. */
export interface GuardMemory {
  /** The tokens of each line, by its text; those of each file. */
  readonly lines: Map<string, ReadonlyMap<string, Line>>;
  readonly names: WeakMap<object, readonly string[]>;
}

export const guardMemory = (other?: GuardMemory): GuardMemory => ({
  names: new WeakMap(),
  ...other,
  lines: new Map(other?.lines),
});

/** Throws unless the registry's text is what a registry may be. Gives the text back. */
export function guardRegistry(text: string, contract: Contract, memory = guardMemory()): string {
  const isOurs = (word: string): boolean => registryWords.has(word) || emittedNames.test(word);
  const lines = checked("registry.ts", text, contract, isOurs, memory);
  const statements = topLevel(lines);
  const imports = statements.filter(([first]) => first?.text === "import").length;
  const exports = statements.filter(([first]) => first?.text === "export").length;
  const expectedExports = (contract.style === "contract" ? 2 : 1) + (contract.scripts === undefined ? 0 : 1);
  const others = statements.every(([first]) => first !== undefined && statementWords.has(first.text));
  if (imports !== 2 || exports !== expectedExports || !others)
    fail("registry.ts", "other statements than we wrote");
  return text;
}

const statementWords = new Set(["import", "export", "const", "let", "type", "function"]);

/** Throws unless the declaration's text is one constant and one namespace, and a constant for each global. Gives the text back. */
export function guardDeclaration(text: string, contract: Contract, memory = guardMemory()): string {
  const isOurs = (word: string): boolean => declarationWords.has(word);
  const lines = checked("secure-exec.d.ts", text, contract, isOurs, memory);
  const outline = outlineOf(lines);
  const constants = (contract.globals?.properties ?? []).map(
    ({ name }) => ` declare const ${name} : SecureExec . Globals [ ] ;`,
  );
  if (outline !== `declare const SecureExec : { } ; declare namespace SecureExec { }${constants.join("")}`) {
    fail("secure-exec.d.ts", `the outline \`${outline.slice(0, 200)}\``);
  }
  return text;
}

/** Throws unless the JSON says exactly what the contract says: `data`, which follows from it. Gives the text back. */
export function guardContractJson(
  text: string,
  contract: Contract,
  data: Json = contractData(contract),
): string {
  noOddCharacters("contract.json", text);
  if (JSON.stringify(JSON.parse(text)) !== JSON.stringify(data)) fail("contract.json", "other data");
  return text;
}

function checked(
  file: string,
  text: string,
  contract: Contract,
  isOurs: (word: string) => boolean,
  memory: GuardMemory,
): readonly Line[] {
  const scanned = scanLines(text, memory.lines.get(file));
  // Lines that are known have been looked at.
  noOddCharacters(file, scanned?.fresh ?? text);
  if (scanned === null) return fail(file, "text that is no TypeScript");
  const { lines } = scanned;
  memory.lines.set(file, scanned.known);
  const words = new Set<string>();
  for (const line of new Set(lines)) for (const word of line.words) words.add(word);
  const names = contractNames(contract, memory);
  for (const word of words) {
    if (!isOurs(word) && !names.has(word)) {
      fail(file, `the word \`${word}\`, which is neither ours nor in the contract`);
    }
  }
  return lines;
}

/** Emoji of several characters are whole: `replaceOdd` is asked about everything else. */
function noOddCharacters(file: string, text: string): void {
  if (/^[\n\x20-\x7e]*$/u.test(text)) return;
  const rest = text.replace(/[\n\u200c\u200d\ufe0f]/gu, "");
  replaceOdd(rest, (codePoint) => fail(file, `the character U+${codePoint.toString(16)}`));
}

/** Every name an author gave: in properties, paths, parameters, declarations, and in types printed by the compiler. */
function contractNames(contract: Contract, { names }: GuardMemory): ReadonlySet<string> {
  const { root, declarations, scripts, globals, profile } = contract;
  const leaves = [...walkLeaves(root)];
  const namespaces = [...walkNamespaces(root)].map(({ name }) => name);
  const pieces = [
    ...leaves,
    ...declarations,
    ...(scripts ?? []),
    ...(globals === undefined ? [] : [globals]),
  ];
  return new Set([
    ...namespaces,
    ...pieces.flatMap((piece) => remembered(names, piece, () => [...namesOf(piece)])),
    // A profile's files also name what it does not have.
    ...(profile?.excluded ?? []).flatMap(({ path }) => path),
  ]);
}

function namesOf(piece: object): ReadonlySet<string> {
  const names = new Set<string>();
  const visit = (part: unknown): void => {
    if (Array.isArray(part)) part.forEach(visit);
    else if (typeof part === "object" && part !== null) {
      for (const key of Object.keys(part)) {
        const value = (part as { readonly [key: string]: unknown })[key];
        if ((key === "name" || key === "label") && typeof value === "string") names.add(value);
        else if (key === "text" && (part as { kind?: unknown }).kind === "deferred") {
          for (const token of scan(String(value)) ?? []) if (token.kind === "word") names.add(token.text);
        } else if (key !== "source") visit(value);
      }
    }
  };
  visit(piece);
  return names;
}

/** The tokens at the top level, bracketed parts shortened to their brackets. */
function outlineOf(lines: readonly Line[]): string {
  const kept: string[] = [];
  const isBalanced = atTopLevel(lines, ({ text }) => kept.push(text));
  return isBalanced ? kept.join(" ") : "an unbalanced bracket";
}

/** Statements at the top level, bracketed parts shortened to their brackets. */
function topLevel(lines: readonly Line[]): Token[][] {
  const statements: Token[][] = [];
  let ended = true;
  const isBalanced = atTopLevel(lines, (token, depth) => {
    if (ended) statements.push([]);
    statements.at(-1)?.push(token);
    ended =
      depth === 0 &&
      token.kind === "sign" &&
      (token.text === ";" || (token.text === "}" && endsWithBlock(statements.at(-1))));
  });
  if (!isBalanced) fail("registry.ts", "an unbalanced bracket");
  return statements;
}

/**
 * Visits the tokens outside of brackets, and the brackets themselves, with the depth behind them. Lines that stay inside
 * are passed over as a whole. False when brackets do not match.
 */
function atTopLevel(lines: readonly Line[], visit: (token: Token, depth: number) => void): boolean {
  let depth = 0;
  for (const { tokens, change, lowest } of lines) {
    if (depth + lowest > 0) {
      depth += change;
      continue;
    }
    for (const token of tokens) {
      const before = depth;
      depth += depthChange(token);
      if (depth < 0) return false;
      if (token.kind !== "comment" && Math.min(before, depth) === 0) visit(token, depth);
    }
  }
  return depth === 0;
}

/** `function`, `export function` and `export interface` end with their block, without a semicolon. */
function endsWithBlock(statement: readonly Token[] | undefined): boolean {
  const [first, second] = statement ?? [];
  const word = first?.text === "export" ? second?.text : first?.text;
  return word === "function" || word === "interface";
}

function fail(file: string, what: string): never {
  throw new Error(
    `The emitted ${file} holds ${what}; nothing was written. This is a defect of isobind, please report it.`,
  );
}
