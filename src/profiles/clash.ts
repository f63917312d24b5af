/**
 * Finds profiles and contracts whose files would have the same names: `generated/pro` may be a profile's folder and another
 * contract's. Names of profiles come from definitions, so this is known only when those have been read.
 */
import { dirname, join, resolve } from "node:path";
import type { ResolvedContract } from "../config/resolved.ts";
import type { Diagnostic } from "../diagnostics/diagnostic.ts";
import { report } from "../diagnostics/report.ts";
import { relativePath } from "../files/relative-path.ts";
import type { FileReport, OutputFile } from "../stages.ts";

interface Output {
  readonly contract: ResolvedContract;
  readonly files: readonly OutputFile[] | null;
  /** The files of a contract that was recalled. */
  readonly reports: readonly FileReport[];
}

export function findFolderClashes(outputs: readonly Output[], root: string): readonly Diagnostic[] {
  const owners = new Map<string, string>();
  return outputs.flatMap(({ contract, files, reports }) => {
    const paths =
      files?.map((file) => join(contract.outDir, file.name)) ??
      reports.map(({ path }) => resolve(root, path));
    return [...new Set(paths.map((path) => dirname(path)))].flatMap((folder) => {
      const owner = owners.get(folder);
      owners.set(folder, contract.name);
      if (owner === undefined) return [];
      const message = `The contracts \`${owner}\` and \`${contract.name}\` would both write into \`${relativePath(root, folder)}\`: one of them for a profile of that name.`;
      return [report("config-invalid", { message, help: "Give one of the two another `outDir`." }, null)];
    });
  });
}
