/**
 * Checks the size of the whole declaration. That of one leaf is a rule of the contract; this one is known when the declaration
 * is printed.
 */
import type { Contract, Leaf } from "../model/contract.ts";
import { maxDeclarationBytes } from "../model/limits.ts";
import { dottedName } from "../model/names.ts";
import type { Diagnostic } from "../diagnostics/diagnostic.ts";
import { report } from "../diagnostics/report.ts";
import type { OutputFile } from "../stages.ts";

/** The leaf whose types take most of the declaration, and the largest of them. */
export interface Heaviest {
  readonly leaf: Leaf;
  readonly bytes: number;
  readonly largest: { readonly name: string; readonly bytes: number } | null;
}

/** `weigh` is asked only when the declaration is too large. */
export function checkSize(
  contract: Contract,
  files: readonly OutputFile[],
  weigh: () => readonly Heaviest[],
): readonly Diagnostic[] {
  const bytes = Buffer.byteLength(files.find(({ name }) => name === "secure-exec.d.ts")?.text ?? "");
  if (bytes <= maxDeclarationBytes) return [];
  const [heaviest] = weigh();
  const size = `the declaration would have ${kilobytes(bytes)}, and at most ${kilobytes(maxDeclarationBytes)} can be read and reviewed`;
  if (heaviest === undefined || heaviest.largest === null) {
    const help = "Take only the fields that scripts need, and name types that several bindings share.";
    const data = { where: "the whole definition", type: "secure-exec.d.ts", reason: size, help };
    return [report("type-too-large", data, contract.root.source)];
  }
  const { leaf, largest } = heaviest;
  const data = {
    where: `\`${dottedName(leaf.path)}\``,
    type: largest.name,
    reason: `${size}; this binding's types take ${kilobytes(heaviest.bytes)} of it, \`${largest.name}\` alone ${kilobytes(largest.bytes)}`,
    help: `Take only the fields that scripts need, for example \`Pick<${largest.name}, ${fieldsOf(contract, largest.name)}>\`.`,
  };
  return [report("type-too-large", data, leaf.source, leaf.path)];
}

/** Two fields that exist, so that the example compiles as it is. */
function fieldsOf({ declarations }: Contract, name: string): string {
  const shape = declarations.find((declaration) => declaration.name === name)?.shape;
  const fields = shape?.kind === "object" ? shape.properties.slice(0, 2) : [];
  return fields.map((field) => JSON.stringify(field.name)).join(" | ") || '"id"';
}

function kilobytes(count: number): string {
  return `${Math.ceil(count / 1024)} KiB`;
}
