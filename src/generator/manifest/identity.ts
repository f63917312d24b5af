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
  const text = readFileSync(new URL("../../../package.json", import.meta.url), "utf8");
  return (JSON.parse(text) as { version: string }).version;
}

function isFromSources(): boolean {
  return import.meta.url.endsWith(".ts");
}

function lastEdit(): number {
  const folder = new URL("../../", import.meta.url);
  const files = readdirSync(folder, { recursive: true, encoding: "utf8" });
  return Math.max(...files.map((file) => statSync(new URL(file, folder)).mtimeMs));
}
