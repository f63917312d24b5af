/**
 * Recall script: prepares a script, or recalls what the last runs of the same source came to. Preparing depends on nothing but the text, so
 * nothing of a run is kept; and a host that runs one script a thousand times parses it once.
 */
import type { GuestScript } from "../../seam.ts";
import { prepareScript, type PreparedScript } from "./prepare-script.ts";

/** Letters of source kept, in all. Each is kept about twice, as it was and as it runs. */
const maxLetters = 2 ** 19;

const recalled = new Map<string, PreparedScript>();
let letters = 0;

/** As `prepareScript`; mistakes are not kept, because they are rare and cost the same again. */
export function recallScript(script: Pick<GuestScript, "source" | "filename" | "language">): PreparedScript {
  const key = `${script.language}\n${script.filename.length}\n${script.filename}\n${script.source}`;
  const known = recalled.get(key);
  if (known) {
    // Behind the others: the one that was not used for longest is forgotten first.
    recalled.delete(key);
    recalled.set(key, known);
    return known;
  }
  const prepared = prepareScript(script);
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
