/**
 * Words a kind of change as a page: what `isobind explain leaf-removed` prints.
 */
import type { ChangeClass } from "./change.ts";
import { kinds, type Kind } from "./kinds.ts";

const means: Readonly<Record<ChangeClass, string>> = {
  breaking: "A script that was right may fail, when it is checked or when it runs: a major version.",
  compatible: "Scripts that call leaves with values of the declared types keep working: a minor version.",
  docs: "Only readers notice: a patch.",
};

/** The page of a kind as Markdown; `null` for text that is none. */
export function explainKind(name: string): string | null {
  if (!Object.hasOwn(kinds, name)) return null;
  const { class: rank, says, help }: Kind = kinds[name as keyof typeof kinds];
  const sentence = says.replace(/\{(?:name|before|after)\}/gu, "…").replaceAll("`…`", "…");
  return `# ${name}\n\nA kind of change of \`isobind diff\`: ${rank}.\n\n${sentence}.\n\n## What it means\n\n${means[rank]}\n\n## What to do\n\n${help}\n`;
}
