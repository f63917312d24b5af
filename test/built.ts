/**
 * Whether `dist/` is as new as the sources. Processes that tests start, workers and command lines, then run what was built, in less
 * than half the processor time of what Node strips of types first; otherwise they run the sources, so that nobody has to build before a test.
 */
import { existsSync, globSync, statSync } from "node:fs";
import { join } from "node:path";

const root = join(import.meta.dirname, "..");

/** What the build writes last. */
const last = join(root, "dist/scripts/index.js");

export const isBuilt =
  existsSync(last) && newest(["src", "scripts", "package.json"]) < statSync(last).mtimeMs;

/** A file of a program, by its name without an extension: `program("cli/main")`. */
export const program = (name: string): string =>
  isBuilt ? join(root, "dist", `${name}.js`) : join(root, "src", `${name}.ts`);

function newest(paths: readonly string[]): number {
  const files = paths.flatMap((path) => globSync([path, `${path}/**`], { cwd: root }));
  return Math.max(...files.map((file) => statSync(join(root, file)).mtimeMs));
}
