/** The step of whoever has named a kind of script that nobody has declared: to declare it. */
import { existsSync } from "node:fs";
import { join } from "node:path";
import { readText } from "../../files/read-text.ts";
import { kindTsconfigName } from "../../library/names.ts";
import { defaultKind } from "../../model/contract.ts";
import type { Io } from "../io.ts";
import type { Answers } from "./project.ts";

/** As far as one can see: the generator has made nothing for the kind, and the definition does not have the word. */
export function declaringKind({ cwd }: Io, { kind, definition, outDir }: Answers): readonly string[] {
  if (kind === undefined || kind === defaultKind) return [];
  if (existsSync(join(cwd, outDir, kindTsconfigName(kind)))) return [];
  const text = readText(join(cwd, definition));
  if (text === null || text.includes(kind)) return [];
  return [`write in ${definition}: the kind \`${kind}\`, a property of \`Scripts\``];
}
