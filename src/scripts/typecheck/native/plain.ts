/**
 * Tells by its text whether a script may be asked about in one program with others: it is TypeScript, imports nothing, declares nothing for others, and has no word
 * whose meaning depends on more than types. A word in a comment counts too; who is not plain is only checked more slowly.
 */
import type { Script } from "../frontend/service.ts";

export function isPlain({ file, text }: Script): boolean {
  return /\.[cm]?ts$/iu.test(file) && !/\.d\.[cm]?ts$/iu.test(file) && !unusual.test(text);
}

const unusual = new RegExp(
  [
    // Of other modules, also in a type.
    String.raw`\bimport\b`,
    String.raw`\bfrom\s*["']`,
    String.raw`\b(?:require|module|namespace|global|globalThis)\b`,
    // Instructions for the compiler.
    String.raw`@ts-`,
    String.raw`\/\/\/\s*<`,
    // What engines lack.
    String.raw`\b(?:using|accessor)\b`,
  ].join("|"),
  "u",
);
