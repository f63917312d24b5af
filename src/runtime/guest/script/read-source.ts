/**
 * Turns a script or a module as its author wrote it into JavaScript of the same lines and columns, and its tree. Decides
 * which language it is.
 */
import type { Comment, Program } from "acorn";
import type { GuestScript } from "../../seam.ts";
import { parseModule, type ParsedModule } from "./parse-module.ts";
import { stripTypes } from "./strip-types.ts";
import { SyntaxFailure } from "./syntax-failure.ts";

export interface Source extends Pick<GuestScript, "source" | "filename" | "language"> {
  /** Whether `import()` may stand in it. Default: false. */
  readonly dynamicImport?: boolean;
}

export interface ReadSource {
  readonly text: string;
  readonly program: Program;
}

/** 8 Mi letters: parsing takes about a second, which no limit of the guest interrupts. */
const maxSource = 2 ** 23;

/** Throws `SyntaxFailure`, and nothing else. */
export function readSource({ source: written, filename, language, dynamicImport }: Source): ReadSource {
  // A byte order mark is no letter of the first line, as editors count. A hashbang line is part of no function body.
  const source = written.replace(/^\uFEFF/u, "").replace(/^#!/u, "//");
  if (source.length > maxSource)
    throw new SyntaxFailure(filename, 1, 1, `The script is longer than ${maxSource} characters.`);
  const parse = (text: string): ReadSource =>
    withoutSourceUrl(text, parseModule(text, filename, dynamicImport === true));
  if (language === "javascript") return parse(source);
  if (language === "typescript") {
    return parse(stripTypes(source, filename));
  }
  try {
    return parse(source);
  } catch (failure) {
    if (!(failure instanceof SyntaxFailure) || failure.isTooDeep) throw failure;
    const isTypeScript = /\.[cm]?ts$/i.test(filename);
    let text: string;
    try {
      text = stripTypes(source, filename);
    } catch (typeFailure) {
      // Neither language: the one whose parser came further knows what is wrong.
      throw isTypeScript || isFurther(typeFailure, failure) ? typeFailure : failure;
    }
    // Without types to strip it was JavaScript, and the first failure is the true one.
    if (text === source && !isTypeScript) throw failure;
    return parse(text);
  }
}

/**
 * `//# sourceURL=…` would rename the script and switch its places back to those of our function, so the sign behind the slashes is blanked. In
 * comments only: the same letters in a string or a template are the script's own.
 */
function withoutSourceUrl(source: string, { program, comments }: ParsedModule): ReadSource {
  let text = "";
  let done = 0;
  for (const comment of comments) {
    if (!isSourceUrl(comment)) continue;
    text += `${source.slice(done, comment.start)}// `;
    done = comment.start + 3;
  }
  return { text: text + source.slice(done), program };
}

function isSourceUrl({ type, value }: Comment): boolean {
  return type === "Line" && /^[#@]\s*sourceURL/.test(value);
}

function isFurther(one: unknown, other: SyntaxFailure): boolean {
  if (!(one instanceof SyntaxFailure)) return false;
  return one.line > other.line || (one.line === other.line && one.column > other.column);
}
