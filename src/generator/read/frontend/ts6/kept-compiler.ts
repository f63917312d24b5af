/**
 * The compiler as the built package loads it, in place of `ts-morph`: the same script and the same library files, without
 * the rest of that package. The library files are inside three megabytes of program that do nothing else for us, so they are
 * kept where the script's code is.
 */
import { createRequire, getCompileCacheDir } from "node:module";
import { dirname, join } from "node:path";
import { keepAtExit, keptName, readKept } from "../../../kept/kept.ts";
import { requireKept } from "../../../kept/script.ts";
import { packTexts, unpackTexts } from "../../../kept/texts.ts";

type Common = typeof import("@ts-morph/common");
type LibFile = ReturnType<Common["getLibFiles"]>[number];

const require = createRequire(import.meta.url);
const whole = "@ts-morph/common";
const script = join(dirname(require.resolve(whole)), "typescript.js");

export const ts = requireKept(script) as Common["ts"];

/** A text is made when it is read: of a hundred files a definition needs sixty, a twentieth of all letters. */
export function getLibFiles(): readonly LibFile[] {
  const load = (): readonly LibFile[] => (require(whole) as Common).getLibFiles();
  const folder = getCompileCacheDir();
  if (folder === undefined) return load();
  const file = join(folder, keptName(JSON.stringify(require(`${whole}/package.json`)), "lib"));
  const kept = readKept(file);
  const known = kept === null ? null : unpackTexts(kept);
  if (known !== null) return known;
  const files = load();
  keepAtExit(file, () => packTexts(files));
  return files;
}
