/**
 * Makes a loader of a map of texts. Relative names belong to files beside the script, so that their ids are names seen from
 * it, `./lib/money.ts`, and what stacks show is the same file seen from where the script's own name stands.
 */
import { candidates, isRelative, normalize, resolveSpecifier } from "./specifier.ts";

/** What is found in a map, at once. Ids are names seen from the script; the script's own id is its `filename`. */
export interface MapLoader {
  resolve(specifier: string, referrer: string): string | null;
  load(id: string): { readonly source: string; readonly filename: string } | null;
  names(): Iterable<string>;
}

export function mapLoader(map: Readonly<Record<string, string>>, filename: string): MapLoader {
  // Own names only, and under the form in which they are looked for.
  const texts = new Map(Object.entries(map).map(([name, text]) => [idOf(name), text]));
  const cut = Math.max(filename.lastIndexOf("/"), filename.lastIndexOf("\\")) + 1;
  const folder = filename.slice(0, cut);
  const script = `./${filename.slice(cut)}`;
  return {
    resolve(specifier, referrer) {
      const id = resolveSpecifier(specifier, referrer === filename ? script : referrer);
      const known = candidates(id).find((one) => texts.has(one));
      if (known !== undefined) return known;
      return id === script ? filename : null;
    },
    load(id) {
      const source = texts.get(id);
      if (source === undefined) return null;
      return { source, filename: isRelative(id) ? normalize(`${folder}${id}`, false) : id };
    },
    names: () => texts.keys(),
  };
}

function idOf(name: string): string {
  return isRelative(name) ? normalize(name) : name;
}
