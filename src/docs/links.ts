/**
 * Links within a page: where a binding or a type is found, and what a `{@link …}` of TSDoc means there.
 */
import type { Page } from "./page.ts";

/** Of a binding or a namespace. */
export function anchorOf(path: string): string {
  return `binding-${encode(path)}`;
}

export function typeAnchor(name: string): string {
  return `type-${encode(name)}`;
}

/** An id that stands in an address as it is. */
function encode(name: string): string {
  return name.replaceAll(/[^\w.$-]/gu, (letter) => `_${letter.codePointAt(0)?.toString(16)}_`);
}

/** The anchor of what a text names: `db.query`, `SecureExec.bindings.db.query`, `Row`, `SecureExec.Row`; `null` for anything else. */
export function anchorFor(
  target: string,
  { namespaces, types }: Pick<Page, "namespaces" | "types">,
): string | null {
  const path = target.replace(/^SecureExec\.bindings\./u, "");
  const isPath = namespaces.some(
    (namespace) => namespace.path === path || namespace.leaves.some((leaf) => leaf.path === path),
  );
  if (isPath && path !== "") return anchorOf(path);
  const name = target.replace(/^SecureExec\./u, "");
  return types.some((type) => type.name === name) ? typeAnchor(name) : null;
}

/**
 * `{@link db.query | the query}` as a link of Markdown; of what is not on the page only the words.
 *
 * @example
 * resolveLinks("See {@link db.query}.", page); // "See [`db.query`](#binding-db.query)."
 */
export function resolveLinks(text: string, page: Pick<Page, "namespaces" | "types">): string {
  return text.replaceAll(
    /\{@link(?:code|plain)?\s+([^\s|}]+)(?:\s*\|?\s*([^}]*))?\}/gu,
    (_, target: string, said: string = "") => {
      const words = said.trim() === "" ? `\`${target}\`` : said.trim();
      if (/^https?:\/\//u.test(target)) return `[${words}](${target})`;
      const anchor = anchorFor(target, page);
      return anchor === null ? words : `[${words}](#${anchor})`;
    },
  );
}
