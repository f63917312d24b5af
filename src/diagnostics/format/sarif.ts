/**
 * Prints findings as SARIF 2.1.0, for code scanning. Files are relative URIs, each rule carries its page, and a finding keeps its
 * fingerprint when lines above it come or go.
 */
import { createHash } from "node:crypto";
import { posix } from "node:path";
import type { Location, Log, ReportingDescriptor, Result } from "sarif";
import { catalogue, type Code } from "../catalogue.ts";
import type { Diagnostic } from "../diagnostic.ts";

export interface SarifOptions {
  /** Version of isobind. */
  readonly version: string;
  /** The Markdown page of a code. */
  readonly page: (code: Code) => string | null;
  /** The config's folder seen from the repository's root, `packages/api`: put in front of every file. */
  readonly base?: string;
}

/** The whole log as JSON text that ends in a newline. */
export function formatSarif(diagnostics: readonly Diagnostic[], options: SarifOptions): string {
  const codes = [...new Set(diagnostics.map(({ code }) => code))].sort();
  const fingerprint = fingerprints();
  const log: Log = {
    $schema: "https://json.schemastore.org/sarif-2.1.0.json",
    version: "2.1.0",
    runs: [
      {
        tool: {
          driver: {
            name: "isobind",
            semanticVersion: options.version,
            rules: codes.map((code) => rule(code, options.page(code))),
          },
        },
        columnKind: "utf16CodeUnits",
        results: diagnostics.map((one) =>
          result(one, codes.indexOf(one.code), fingerprint(one), options.base),
        ),
      },
    ],
  };
  return `${JSON.stringify(log, null, 2)}\n`;
}

function rule(code: Code, page: string | null): ReportingDescriptor {
  const { severity, title } = catalogue[code];
  return {
    id: code,
    shortDescription: { text: title },
    help: page === null ? { text: title } : { text: page, markdown: page },
    defaultConfiguration: { level: severity },
  };
}

function result(one: Diagnostic, ruleIndex: number, fingerprint: string, base: string | undefined): Result {
  const locations = location(one, base);
  return {
    ruleId: one.code,
    ruleIndex,
    level: one.severity,
    message: { text: one.help === "" ? one.message : `${one.message} ${one.help}` },
    ...(locations === null ? {} : { locations: [locations] }),
    partialFingerprints: { "isobind/v1": fingerprint },
  };
}

function location(one: Diagnostic, base: string | undefined): Location | null {
  const binding =
    one.path.length === 0
      ? {}
      : { logicalLocations: [{ fullyQualifiedName: one.path.join("."), kind: "member" }] };
  if (one.file === null) return one.path.length === 0 ? null : binding;
  const region =
    one.line === null
      ? {}
      : {
          region: {
            startLine: one.line,
            ...(one.column === null ? {} : { startColumn: one.column }),
            ...(one.endLine === null ? {} : { endLine: one.endLine }),
            ...(one.endColumn === null ? {} : { endColumn: one.endColumn }),
          },
        };
  return {
    physicalLocation: { artifactLocation: { uri: relativeUri(one.file, base) }, ...region },
    ...binding,
  };
}

/** `packages/api` + `src/my file.ts` -> `packages/api/src/my%20file.ts`. */
export function relativeUri(file: string, base = ""): string {
  return posix.join(base, file).split("/").map(encodeURIComponent).join("/");
}

/**
 * What makes a finding the same finding tomorrow: its code, file, binding and words, without positions, and its rank
 * among equal ones.
 */
function fingerprints(): (one: Diagnostic) => string {
  const seen = new Map<string, number>();
  return (one) => {
    const words = one.message.replace(/:\d+(:\d+)?/g, "");
    const identity = JSON.stringify([one.code, one.file, one.path, words]);
    const rank = seen.get(identity) ?? 0;
    seen.set(identity, rank + 1);
    return createHash("sha256").update(`${identity}#${rank}`).digest("hex").slice(0, 32);
  };
}
