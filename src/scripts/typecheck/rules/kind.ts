/**
 * A line `// @script rule` that names no kind of script: nothing would be checked as it was meant.
 */
import { defaultKind } from "../../../model/contract.ts";
import { visible } from "../../../model/names.ts";
import { readKind } from "../../../model/pragma.ts";
import { didYouMean } from "../../../model/suggest.ts";
import type { Diagnostic } from "../../../diagnostics/diagnostic.ts";
import { report } from "../../../diagnostics/report.ts";
import { kindName, type Kinds } from "../frontend/kind.ts";
import type { Script } from "../frontend/service.ts";

export function findUnknownKind(script: Script, kinds: Kinds): Diagnostic[] {
  const name = kindName(script);
  if (name === defaultKind || kinds.has(name)) return [];
  const names = [...kinds.keys()].filter((kind) => kind !== defaultKind);
  const pragma = readKind(script.text);
  const { line, column, endColumn } = pragma ?? { line: 1, column: 1, endColumn: 1 };
  const place = { file: script.file, line, column, endLine: line, endColumn };
  const [only, ...others] = names.map((kind) => `\`${kind}\``);
  const help =
    only === undefined
      ? "The definition names none."
      : others.length === 0
        ? `The only one is ${only}.`
        : `There are ${[only, ...others].join(", ")}.`;
  const data = { name: visible(name.slice(0, 100)), suggestion: didYouMean(name, names), help };
  return [report("script-kind-unknown", data, place)];
}
