/**
 * Says of stale output what is stale, in terms of the contract: which leaves were added, removed or changed since the file was
 * generated. Read from the headers of the files alone, without a compiler.
 */
import { basename } from "node:path";
import { engineIn, engineWords } from "../config/engines.ts";
import { compareLeaves, describeLeaves, readHeader } from "../model/identity/header.ts";
import type { Diagnostic } from "../diagnostics/diagnostic.ts";
import { report } from "../diagnostics/report.ts";
import { kindOfOutput } from "../library/names.ts";
import type { FileReport } from "../stages.ts";
import type { Comparison } from "../write/compare.ts";
import { isGenerated } from "../write/generated.ts";

/** One finding per file that is missing or stale. */
export function reportStale(
  before: readonly Comparison[],
  reports: readonly FileReport[],
  command: string,
): readonly Diagnostic[] {
  return before.flatMap((comparison, at): readonly Diagnostic[] => {
    const { status } = comparison;
    const file = reports[at]?.path ?? comparison.file.name;
    if (status === "unchanged") return [];
    if (status === "missing") return [report("output-missing", { file, command }, { file })];
    // Generating would refuse to overwrite it, so it must not be the advice.
    if (!isGenerated(comparison.file.name, comparison.text ?? ""))
      return [report("output-foreign", { file }, { file })];
    return [report("output-stale", { file, changes: changesOf(comparison, before), command }, { file })];
  });
}

/** One finding per file of a profile, or of a kind of script, that is no more. */
export function reportObsolete(files: readonly string[], command: string): readonly Diagnostic[] {
  return files.map((file) => {
    const [profile = "", name = ""] = file.split("/").slice(-2);
    const kind = kindOfOutput(name);
    const whose = kind === null ? `profile \`${profile}\`` : `kind of script \`${kind}\``;
    const changes = `it belongs to the ${whose}, which the definition no longer has`;
    return report("output-stale", { file, changes, command }, { file });
  });
}

function changesOf({ file, text }: Comparison, before: readonly Comparison[]): string {
  if (kindOfOutput(basename(file.name)) !== null) {
    return "what the definition says of that kind of script changed, it was edited, or another version of isobind wrote it";
  }
  // The library of scripts and their tsconfig say nothing of bindings.
  const engine = engineIn(file.text);
  if (engine !== null) {
    const old = engineIn(text ?? "");
    return old === null || old === engine
      ? "it was edited, or another version of isobind wrote it"
      : `it is for ${engineWords(old)}, and the config's \`engines\` begin with ${engineWords(engine)}`;
  }
  const was = digestOf(text ?? "");
  if (was === null) return "it has no header of isobind";
  if (was === digestOf(file.text)) {
    return "the calls it describes are the same, but its text differs: documentation changed, it was edited, or another version of isobind wrote it";
  }
  const sibling = file.name.replace(/[^/]+$/, "secure-exec.d.ts");
  const declaration = before.find((one) => one.file.name === sibling);
  const old = readHeader(declaration?.text ?? "");
  // The leaves are listed in the declaration; what it says holds for this file only if both are of one generation.
  if (declaration === undefined || old.digest !== was)
    return `it was generated for another contract (${short(was)})`;
  const { leaves } = readHeader(declaration.file.text);
  return (
    describeLeaves(compareLeaves(old.leaves, leaves)).join("; ") || "a namespace or a named type changed"
  );
}

function digestOf(text: string): string | null {
  return /sha256-[0-9a-f]{64}/.exec(text)?.[0] ?? null;
}

function short(digest: string): string {
  return `${digest.slice(0, "sha256-".length + 12)}…`;
}
