/**
 * Sink: a module specifier. Always relative and with `/`, so that no specifier of the config can name another package.
 */
import { quoted } from "./string.ts";

export function modulePath(specifier: string): string {
  if (!/^\.\.?\//u.test(specifier)) {
    throw new Error(`A definition is imported by a relative path, not by ${JSON.stringify(specifier)}.`);
  }
  return quoted(specifier);
}
