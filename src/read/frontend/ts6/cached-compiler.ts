/**
 * Loads the compiler as the built package does, in place of `ts-morph`: the same script and the same library files, without
 * the rest of that package. The library files are inside three megabytes of program that do nothing else for us, so they are
 * cached where the script's code is.
 */
import { createRequire, getCompileCacheDir } from "node:module";
import { dirname, join } from "node:path";
import { cacheAtExit, cachedName, readCached } from "../../../code-cache/cache-file.ts";
import { requireCached } from "../../../code-cache/script.ts";
import { packTexts, unpackTexts } from "../../../code-cache/texts.ts";

type Common = typeof import("@ts-morph/common");
type LibFile = ReturnType<Common["getLibFiles"]>[number];

const require = createRequire(import.meta.url);
const whole = "@ts-morph/common";
const script = join(dirname(require.resolve(whole)), "typescript.js");

export const ts = requireCached(script) as Common["ts"];

/** A text is made when it is read: of a hundred files a definition needs sixty, a twentieth of all letters. */
export function getLibFiles(): readonly LibFile[] {
  const load = (): readonly LibFile[] => (require(whole) as Common).getLibFiles();
  const folder = getCompileCacheDir();
  if (folder === undefined) return load();
  const file = join(folder, cachedName(JSON.stringify(require(`${whole}/package.json`)), "lib"));
  const cached = readCached(file);
  const known = cached === null ? null : unpackTexts(cached);
  if (known !== null) return known;
  const files = load();
  cacheAtExit(file, () => packTexts(files));
  return files;
}
