/** Prints findings and file reports in the format that was asked for. The one place that knows where each goes. */
import { existsSync } from "node:fs";
import { resolve } from "node:path";
import type { Diagnostic } from "../diagnostics/diagnostic.ts";
import { readText } from "../files/read-text.ts";
import { relativePath } from "../files/relative-path.ts";
import { upward } from "../files/upward.ts";
import { fileLines, type FileLinesOptions, fromWhereTyped } from "./file-lines.ts";
import { wantsColor } from "./wants-color.ts";
import type { FileReport } from "../stages.ts";
import type { Io } from "./io.ts";
import type { FindingFormat } from "./options.ts";

export interface Findings {
  readonly ok: boolean;
  readonly diagnostics: readonly Diagnostic[];
  readonly files: readonly FileReport[];
}

export interface FindingsOptions {
  readonly format: FindingFormat;
  /** Absolute folder that every path in the findings is relative to. */
  readonly root: string;
  /** Files that have not changed have a line each. */
  readonly isVerbose?: boolean;
}

/** Writes the report to stdout: it is the result of the command, also when it is bad news. */
export async function printFindings(io: Io, findings: Findings, options: FindingsOptions): Promise<void> {
  io.stdout.write(await formatFindings(io, findings, options));
}

async function formatFindings(io: Io, findings: Findings, options: FindingsOptions): Promise<string> {
  // Each format is loaded when it is asked for: a run without findings needs none of them.
  switch (options.format) {
    case "json": {
      const { formatJson, jsonVersion } = await import("../diagnostics/format/json.ts");
      return formatJson(findings, jsonVersion);
    }
    case "sarif": {
      const { formatSarif } = await import("../diagnostics/format/sarif.ts");
      const { readPage } = await import("../diagnostics/page.ts");
      const { version } = await import("./version.ts");
      const base = repositoryBase(options.root);
      return formatSarif(findings.diagnostics, { version: version(), page: readPage, base });
    }
    case "github": {
      const { formatGithub } = await import("../diagnostics/format/github.ts");
      return formatGithub(findings.diagnostics, { base: repositoryBase(options.root) });
    }
    case "text":
      return formatTerminal(io, findings, options);
  }
}

async function formatTerminal(io: Io, findings: Findings, options: FindingsOptions): Promise<string> {
  const color = wantsColor(io.stdout, io.env);
  const named = fromWhereTyped(io.cwd, options.root);
  const said = new Set(findings.diagnostics.map(({ file }) => (file === null ? null : named(file))));
  const files = await formatFiles(
    findings.files.map(({ path, status }) => ({ path: named(path), status })),
    { isVerbose: options.isVerbose === true, isSaid: (path) => said.has(path) },
    color,
  );
  if (findings.diagnostics.length === 0) return files;
  const { formatText } = await import("../diagnostics/format/text.ts");
  const seen = findings.diagnostics.map((one) => ({
    ...one,
    file: one.file === null ? null : named(one.file),
    // A finding about a generated file names it in its sentence too.
    message:
      one.file === null ? one.message : one.message.replace(`\`${one.file}\``, `\`${named(one.file)}\``),
  }));
  const text = formatText(seen, {
    colors: color,
    source: (file) => readText(resolve(io.cwd, file)),
    width: Math.max(40, Math.min((io.stdout.columns ?? 110) - 10, 100)),
  });
  return files === "" ? text : `${text}\n${files}`;
}

async function formatFiles(
  files: Findings["files"],
  options: FileLinesOptions,
  isColored: boolean,
): Promise<string> {
  if (!isColored) return fileLines(files, options);
  const { colors } = await import("./color.ts");
  const paint = colors(true);
  const style: Record<FileReport["status"], (text: string) => string> = {
    written: paint.green,
    unchanged: paint.dim,
    stale: paint.red,
    missing: paint.red,
    removed: paint.yellow,
  };
  return fileLines(files, { ...options, paint: (status, text) => style[status](text) });
}

/**
 * The config's folder seen from the repository's root, with `/`: code scanning and annotations name files from there.
 * Empty outside a repository.
 */
function repositoryBase(root: string): string {
  const repository = upward(root).find((folder) => existsSync(resolve(folder, ".git")));
  return repository === undefined ? "" : relativePath(repository, root);
}
