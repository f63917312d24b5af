/**
 * Prepares a script or a module, or recalls what the last runs of the same source came to. Preparing depends on nothing but
 * the text, so nothing of a run is kept; and a host that runs one script a thousand times parses it once.
 */
import { prepareScript, type PreparedScript } from "./prepare-script.ts";
import type { Source } from "./read-source.ts";

/** Letters of source kept, in all: a project's modules. Each is kept about twice, as it was and as it runs. */
const maxLetters = 2 ** 21;

const recalled = new Map<string, unknown>();
let letters = 0;

/** What was asked for last, which most runs ask for again: comparing texts costs less than hashing a long one. */
let last: { readonly as: string; readonly asked: Source; readonly prepared: unknown } | undefined;

/** As `prepareScript`. */
export function recallScript(script: Source): PreparedScript {
  return recall("script", script, () => prepareScript(script));
}

/** What `prepare` makes of a source, kept as one of the things that are made of it. Mistakes are not kept, because they are rare and cost the same again. */
export function recall<Prepared>(as: string, asked: Source, prepare: () => Prepared): Prepared {
  if (last !== undefined && last.as === as && isSame(last.asked, asked)) return last.prepared as Prepared;
  const prepared = recallByKey(as, asked, prepare);
  const { source, filename, language } = asked;
  if (source.length + filename.length <= maxLetters)
    last = { as, asked: { source, filename, language }, prepared };
  return prepared;
}

function isSame(one: Source, other: Source): boolean {
  return one.source === other.source && one.filename === other.filename && one.language === other.language;
}

function recallByKey<Prepared>(
  as: string,
  { source, filename, language }: Source,
  prepare: () => Prepared,
): Prepared {
  const key = `${as} ${language}\n${filename.length}\n${filename}\n${source}`;
  const known = recalled.get(key);
  if (known !== undefined) {
    // Behind the others: the one that was not used for longest is forgotten first.
    recalled.delete(key);
    recalled.set(key, known);
    return known as Prepared;
  }
  const prepared = prepare();
  if (key.length > maxLetters) return prepared;
  recalled.set(key, prepared);
  letters += key.length;
  for (const oldest of recalled.keys()) {
    if (letters <= maxLetters) break;
    recalled.delete(oldest);
    letters -= oldest.length;
  }
  return prepared;
}
