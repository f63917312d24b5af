/**
 * Reads the `// @contract sha256-…` line of a script, which says for which contract it was written. The line is a pin: who wrote it wants
 * to hear of every change of that contract, when the script is checked and when it is run.
 */
export interface Pragma extends Written {
  /** As written, whatever it is. */
  readonly digest: string;
}

/** The kind of script that a line `// @script rule` says a script is. */
export interface KindPragma extends Written {
  /** As written, whatever it is. */
  readonly name: string;
}

interface Written {
  /** From 1. */
  readonly line: number;
  readonly column: number;
  readonly endColumn: number;
}

/**
 * Reads the line among the comments at the top of a script; `null` when there is none. Looks at nothing below them.
 *
 * @example
 * readPragma("// @contract sha256-9f86d081…\nexport default 1;"); // { digest: "sha256-9f86d081…", line: 1, … }
 */
export function readPragma(text: string): Pragma | null {
  const found = readLine(text, /^\s*\/\/\s*@contract\s+(\S+)/u);
  return found && { digest: found.word, ...found.place };
}

/**
 * Reads the line `// @script rule` among the comments at the top of a script; `null` when there is none.
 *
 * @example
 * readKind("// @script rule\nexport default true;"); // { name: "rule", line: 1, … }
 */
export function readKind(text: string): KindPragma | null {
  const found = readLine(text, /^\s*\/\/\s*@script\s+(\S+)/u);
  return found && { name: found.word, ...found.place };
}

function readLine(text: string, pattern: RegExp): { readonly word: string; readonly place: Written } | null {
  const lines = /([^\r\n]*)(\r\n|[\r\n]|$)/gy;
  lines.lastIndex = text.startsWith("\uFEFF") ? 1 : 0;
  for (let number = 1; ; number++) {
    const [, line = "", end] = lines.exec(text) ?? [];
    const isComment = line.trimStart().startsWith("//");
    if (!isComment && line.trim() !== "" && !line.startsWith("#!")) return null;
    const match = isComment ? pattern.exec(line) : null;
    if (match?.[1] !== undefined) {
      const endColumn = match[0].length + 1;
      const place = { line: number, column: endColumn - match[1].length, endColumn };
      return { word: match[1], place };
    }
    if (!end) return null;
  }
}
