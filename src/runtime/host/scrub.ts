/**
 * Takes the places of the host out of the text of an error before a script may read it.
 *
 *     ENOENT: no such file or directory, open '/srv/app/secrets.json'  →  … open '<path>'
 *     Cannot find module 'file:///srv/app/db.mjs'                       →  Cannot find module '<path>'
 *
 * What goes: file URLs, Windows drive and network paths, stack lines, and absolute paths below a root directory that
 * exists on usual machines or holds this process. What stays: relative paths and the paths of routes and URLs
 * (`GET /users/42`), because an honest message is worth more than a perfect filter. Masking (`errors: "mask"`) is
 * the setting for those who want nothing of a message to cross.
 */
import { homedir, tmpdir } from "node:os";

const usualRoots =
  "app bin boot dev etc home lib lib64 mnt media nix opt private proc root run sbin snap srv sys tmp usr var Applications Library System Users Volumes".split(
    " ",
  );

/**
 * The first part of each place of this process. Asked for when the first message is scrubbed, and each by itself: a process may have no home
 * (no HOME and no passwd entry) and no working directory (it was removed), and importing the runtime must not depend on either.
 */
function ownRoots(): string[] {
  const places = [() => process.cwd(), () => process.execPath, homedir, tmpdir, () => import.meta.dirname];
  return places.flatMap((place) => {
    try {
      const segment = /^\/([^/]+)/.exec(place())?.[1];
      return segment ? [segment] : [];
    } catch {
      return [];
    }
  });
}

// Bounded repetition and no nested quantifier: a message is text of the host, but parts of it may come from the script.
const end = "[^\\s'\"`<>|;,()\\[\\]{}]";

interface Places {
  readonly bare: readonly RegExp[];
  readonly quoted: RegExp;
}

function findPlaces(): Places {
  const roots = [...new Set([...usualRoots, ...ownRoots()])]
    .map((root) => root.replace(/[.*+?^${}()|[\]\\]/g, "\\$&"))
    .join("|");
  return {
    bare: [
      new RegExp(`file:/{2,3}${end}{1,4096}`, "giu"),
      new RegExp(`(?<![\\p{L}\\p{N}_.])[A-Za-z]:[\\\\/]${end}{1,4096}`, "gu"),
      new RegExp(`\\\\\\\\${end}{1,4096}`, "gu"),
      new RegExp(`(?<![\\p{L}\\p{N}_.:/~-])/(?:${roots})(?:/${end}{0,4096}|(?![\\p{L}\\p{N}_-]))`, "gu"),
    ],
    quoted: new RegExp(`(['"\`])(?:file:/{2,3}|/(?:${roots})/)[^'"\`\\n]{0,4096}\\1`, "gu"),
  };
}

let places: Places | undefined;

// Node's own errors say `ENOENT: …, open '…'`: whatever is quoted there is a place, wherever it is.
const systemError = /(\bE[A-Z0-9]{2,20}: [^'\n]{1,200}, [a-z]{1,20} )'[^\n]{0,4096}'/gu;
const stackLine = /\n\s{1,16}at [^\n]{0,4096}/gu;

/** Longest message that crosses, in UTF-16 units: longer ones are dumps, not messages. */
export const maxMessageLength = 8_192;

/** The message without the host's places, cut to `maxMessageLength`. */
export function scrub(message: string): string {
  const short = message.length > maxMessageLength ? `${message.slice(0, maxMessageLength - 1)}…` : message;
  if (!/[/\\\n]/.test(short)) return short;
  const { bare, quoted } = (places ??= findPlaces());
  let text = short.replace(stackLine, "").replace(systemError, "$1'<path>'").replace(quoted, "$1<path>$1");
  for (const place of bare) text = text.replace(place, "<path>");
  return text;
}
