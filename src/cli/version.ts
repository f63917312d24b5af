/** Gives the version of this package, read from its own package.json: `src/cli` and `dist/cli` are equally deep. */
import { readFileSync } from "node:fs";

export function version(): string {
  const text = readFileSync(new URL("../../package.json", import.meta.url), "utf8");
  const parsed = JSON.parse(text) as { version: string };
  return parsed.version;
}
