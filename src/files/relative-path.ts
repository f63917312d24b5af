/**
 * Names a file as everything that leaves the generator does: relative to the config, with `/`, the same on every machine.
 */
import { relative } from "node:path";

export function relativePath(root: string, file: string): string {
  return relative(root, file).replaceAll("\\", "/") || ".";
}
