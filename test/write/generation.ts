/** Small outputs for tests of writing: three files that belong together by their digest. */
import { mkdtempSync, readdirSync, readFileSync, writeFileSync, mkdirSync, existsSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { OutputFile } from "../../src/stages.ts";

export function generation(word: string): OutputFile[] {
  const digest = `sha256-${Buffer.from(word.padEnd(32, "_")).toString("hex").slice(0, 64)}`;
  return [
    { name: "registry.ts", text: `// @contract ${digest}\nexport const word = "${word}";\n` },
    { name: "secure-exec.d.ts", text: `// @contract ${digest}\ndeclare const word: "${word}";\n` },
    { name: "contract.json", text: `{ "digest": "${digest}", "word": "${word}" }\n` },
  ];
}

export function temporaryFolder(): string {
  return mkdtempSync(join(tmpdir(), "isobind-test-"));
}

export function put(folder: string, files: readonly { name: string; text: string }[]): void {
  mkdirSync(folder, { recursive: true });
  for (const { name, text } of files) writeFileSync(join(folder, name), text);
}

/** Name -> text of everything in a folder, hidden files too. */
export function contents(folder: string): Record<string, string> {
  if (!existsSync(folder)) return {};
  return Object.fromEntries(
    readdirSync(folder)
      .sort()
      .map((name) => [name, readFileSync(join(folder, name), "utf8")]),
  );
}

export function asContents(files: readonly OutputFile[]): Record<string, string> {
  return Object.fromEntries(
    files.map(({ name, text }) => [name, text] as const).sort(([a], [b]) => (a < b ? -1 : 1)),
  );
}
