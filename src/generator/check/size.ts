/**
 * The budget for the whole declaration. That of one leaf is a rule of the contract; this one is known when the declaration
 * is printed.
 */
import type { Contract } from "../../contract/contract.ts";
import { maxDeclarationBytes } from "../../contract/limits.ts";
import type { Diagnostic } from "../../diagnostics/diagnostic.ts";
import { report } from "../../diagnostics/report.ts";
import type { OutputFile } from "../stages.ts";

export function checkSize(contract: Contract, files: readonly OutputFile[]): readonly Diagnostic[] {
  const bytes = Buffer.byteLength(files.find(({ name }) => name === "secure-exec.d.ts")?.text ?? "");
  if (bytes <= maxDeclarationBytes) return [];
  const kilobytes = (count: number): string => `${Math.ceil(count / 1024)} KiB`;
  const data = {
    where: "the whole definition",
    type: "secure-exec.d.ts",
    reason: `it would have ${kilobytes(bytes)}, and at most ${kilobytes(maxDeclarationBytes)} can be read and reviewed`,
    help: 'Take only the fields that scripts need, for example `Pick<Customer, "id" | "email">`.',
  };
  return [report("type-too-large", data, contract.root.source)];
}
