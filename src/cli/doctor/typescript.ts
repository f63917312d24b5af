/** Checks the TypeScript that an editor or a build would use on the declaration. isobind itself never loads it. */
import { createRequire } from "node:module";
import { join } from "node:path";
import { ok, warning, type Finding, type Patient } from "./finding.ts";

/** The declaration is tested with this and newer. */
const floor = [5, 9] as const;

export function checkTypescript({ root }: Patient): readonly Finding[] {
  return [typescriptFinding(installed(root))];
}

export function typescriptFinding(version: string | null): Finding {
  if (version === null)
    return ok("typescript", "none is installed, and isobind needs none: it brings its own reader.");
  const [major = 0, minor = 0] = version.split(".").map(Number);
  if (major > floor[0] || (major === floor[0] && minor >= floor[1])) {
    return ok(
      "typescript",
      `TypeScript ${version} reads the declaration; isobind brings its own for generating.`,
    );
  }
  return warning(
    "typescript",
    `TypeScript ${version} is older than ${floor.join(".")}, the oldest the declaration is tested with.`,
    "npm i -D typescript@latest",
  );
}

function installed(root: string): string | null {
  try {
    const manifest = createRequire(join(root, "package.json"))("typescript/package.json") as {
      version: string;
    };
    return manifest.version;
  } catch {
    return null;
  }
}
