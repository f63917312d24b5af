/** Says how a definition on disk differs from what the far side has now. */
import { isSameFormatted } from "../../write/same.ts";
import type { ImportedTools } from "../tool.ts";
import { mark } from "./definition.ts";

/** Whether a text is one of ours, or nothing: it may be replaced. */
export function isImported(text: string): boolean {
  return text.trim() === "" || text.trimStart().startsWith(mark);
}

/** The same but for what formatters and check-outs change. */
export async function isCurrent(found: string, wanted: string): Promise<boolean> {
  // The name says only that it is TypeScript.
  return await isSameFormatted(found, { name: "registry.ts", text: wanted });
}

/** `["`find` is new", "`search` takes or gives something else"]`; what is only read may have changed when there is nothing. */
export function drift(found: string, now: ImportedTools): readonly string[] {
  const before = pinnedIn(found);
  const after = new Map(now.tools.map(([, tool, hash]) => [tool, hash]));
  return [
    ...[...after.keys()].filter((tool) => !before.has(tool)).map((tool) => `\`${tool}\` is new`),
    ...[...before.keys()].filter((tool) => !after.has(tool)).map((tool) => `\`${tool}\` is gone`),
    ...[...after]
      .filter(([tool, hash]) => before.has(tool) && before.get(tool) !== hash)
      .map(([tool]) => `\`${tool}\` takes or gives something else`),
  ];
}

/** Tool -> hash, from the table at the end of a definition, however it is formatted. The file is not run. */
function pinnedIn(text: string): ReadonlyMap<string, string> {
  const string = `("(?:[^"\\\\]|\\\\.)*"|'(?:[^'\\\\]|\\\\.)*')`;
  const entry = new RegExp(`\\[\\s*${string},\\s*${string},\\s*["']([0-9a-f]{16})["'],?\\s*\\]`, "gu");
  const table = text.slice(text.lastIndexOf("export const tools"));
  return new Map(
    [...table.matchAll(entry)].map(([, , tool = '""', hash = ""]) => [unquoted(tool), hash] as const),
  );
}

function unquoted(literal: string): string {
  const inner = literal.slice(1, -1).replaceAll("\\'", "'");
  return JSON.parse(literal.startsWith('"') ? literal : `"${inner.replaceAll('"', '\\"')}"`) as string;
}
