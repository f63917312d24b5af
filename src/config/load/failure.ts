/**
 * Turns what a config threw while it was evaluated into a place and words: a syntax error, a missing import, or an
 * exception of the config's own code. The stack of the exception is not shown; its first line in a file of the user is.
 */
import { existsSync, readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import type { Source } from "../../model/contract.ts";
import type { Diagnostic } from "../../diagnostics/diagnostic.ts";
import { report } from "../../diagnostics/report.ts";
import { relativePath } from "../../files/relative-path.ts";

interface Spot {
  readonly file: string;
  readonly line: number;
  readonly column: number;
}

/** The finding for a config that could not be evaluated. */
export async function explainFailure(
  error: unknown,
  configFile: string,
  inputs: readonly string[],
  root: string,
): Promise<Diagnostic> {
  const spot = (await syntaxSpot(error, inputs)) ?? stackSpot(error, inputs);
  const name = relativePath(root, configFile);
  const place = spot === null ? { file: name } : range(spot, root);
  const { reason, help } = words(error);
  const message = `\`${name}\` could not be evaluated: ${withoutRoot(reason, root)}.`;
  return report("config-invalid", { message, help }, place);
}

function words(error: unknown): { reason: string; help: string } {
  const { code, name, message } = facts(error);
  const reason = (name === "Error" || name === "" ? message : `${name}: ${message}`)
    .trim()
    .replace(/Unexpected token `<eof>`.*/s, "it ends too early")
    .replace(/\.$/, "");
  switch (code) {
    case "ERR_INVALID_TYPESCRIPT_SYNTAX":
      return { reason, help: "Correct the syntax." };
    case "ERR_UNSUPPORTED_TYPESCRIPT_SYNTAX":
      return {
        reason,
        help: "Write the config without enums, namespaces and parameter properties: Node runs it by removing its types.",
      };
    case "ERR_MODULE_NOT_FOUND":
      return {
        reason,
        help: "Check the import, and write relative ones with their extension: `./shared.ts`.",
      };
    default:
      if (/does not provide an export/.test(message))
        return { reason, help: "Check the names of the import." };
      return name === "SyntaxError"
        ? { reason, help: "Correct the syntax." }
        : { reason, help: "Correct the config so that it can be imported." };
  }
}

function facts(error: unknown): { code: string; name: string; message: string; stack: string } {
  const it = (typeof error === "object" && error !== null ? error : { message: String(error) }) as Record<
    string,
    unknown
  >;
  const text = (value: unknown): string => (typeof value === "string" ? value : "");
  return {
    code: text(it["code"]),
    name: text(it["name"]),
    message: text(it["message"]),
    stack: text(it["stack"]),
  };
}

/** Node puts `file:line`, the line and a caret above the stack of some syntax errors; of others it says nothing. */
async function syntaxSpot(error: unknown, inputs: readonly string[]): Promise<Spot | null> {
  const { name, stack } = facts(error);
  if (name !== "SyntaxError") return null;
  const head = /^(?<file>.+?)(?:\?isobind=\d+)?:(?<line>\d+)\n/.exec(stack)?.groups;
  if (head?.["file"] !== undefined) {
    const file = head["file"].startsWith("file:") ? fileURLToPath(head["file"]) : head["file"];
    const caret = /\n( *)\^/.exec(stack)?.[1];
    // Without a caret it is the end of the file that came too early.
    return caret === undefined ? endOf(file) : { file, line: Number(head["line"]), column: caret.length + 1 };
  }
  const { parse } = await import("acorn");
  for (const file of inputs.filter((input) => /\.m?js$/.test(input))) {
    try {
      parse(readFileSync(file, "utf8"), { ecmaVersion: "latest", sourceType: "module" });
    } catch (problem) {
      const loc = (problem as { loc?: { line: number; column: number } }).loc;
      if (loc !== undefined) return { file, line: loc.line, column: loc.column + 1 };
    }
  }
  return null;
}

/** Behind the last text of a file. */
function endOf(file: string): Spot | null {
  if (!existsSync(file)) return null;
  const lines = readFileSync(file, "utf8").trimEnd().split(/\r?\n/);
  return { file, line: lines.length, column: (lines.at(-1)?.length ?? 0) + 1 };
}

/** The first line of the stack that lies in a file of the config. */
function stackSpot(error: unknown, inputs: readonly string[]): Spot | null {
  for (const match of facts(error).stack.matchAll(/(file:\/\/[^\s?)]+)(?:\?[^\s:)]*)?:(\d+):(\d+)/g)) {
    const file = fileURLToPath(match[1] ?? "");
    if (inputs.includes(file)) return { file, line: Number(match[2]), column: Number(match[3]) };
  }
  return null;
}

function range({ file, line, column }: Spot, root: string): Source {
  return { file: relativePath(root, file), line, column, endLine: line, endColumn: column + 1 };
}

function withoutRoot(text: string, root: string): string {
  return text.replaceAll(`${root}/`, "").replaceAll(`${root}\\`, "");
}
