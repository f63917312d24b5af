/**
 * Which generator this is. Another version may emit other bytes for the same input, so its records are not ours.
 */
import { readdirSync, readFileSync, statSync } from "node:fs";

let identity: string | null = null;

/** The package's version; run from sources, also the time of the last edit of any of them. */
export function generatorIdentity(): string {
  identity ??= isFromSources() ? `${version()}+${lastEdit()}` : version();
  return identity;
}

function version(): string {
  const text = readFileSync(new URL("package.json", packageFolder()), "utf8");
  return (JSON.parse(text) as { version: string }).version;
}

/** Told by the name of the folder and not counted upwards: the build may put this file into another one. */
function packageFolder(): URL {
  return new URL(import.meta.url.replace(/\/(?:dist|src)\/(?!.*\/(?:dist|src)\/).*$/u, "/"));
}

function isFromSources(): boolean {
  return import.meta.url.endsWith(".ts");
}

function lastEdit(): number {
  const folder = new URL("src/", packageFolder());
  const files = readdirSync(folder, { recursive: true, encoding: "utf8" });
  return Math.max(...files.map((file) => statSync(new URL(file, folder)).mtimeMs));
}
