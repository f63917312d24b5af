/**
 * Declares what one module calls another, and as what it wants it. Words the mistakes that can be seen without the other
 * module.
 */
import type { Node } from "acorn";
import { nameOf, NotAllowed, type LinkStatement } from "../script/rewrite-exports.ts";

export type Kind = "code" | "json";

/** Another module a module names. */
export interface Wanted {
  readonly specifier: string;
  readonly kind: Kind;
  /** Offset of the specifier in the text. */
  readonly at: number;
}

/** Letters of a specifier: it is a name, and names of any length would be copied to the host. */
const maxSpecifier = 1_024;

export function readRequest(statement: LinkStatement): { specifier: string; kind: Kind } {
  const { source } = statement;
  if (!source) throw new NotAllowed(statement.start, "An export names no module.");
  const specifier = String(source.value);
  checkSpecifier(specifier, source);
  let kind: Kind = "code";
  for (const { key, value } of statement.attributes ?? []) {
    const name = nameOf(key);
    if (name !== "type")
      throw new NotAllowed(
        source.end,
        `There is no import attribute \`${name.slice(0, 100)}\`; there is \`type\`.`,
      );
    if (value.value !== "json") {
      throw new NotAllowed(
        source.end,
        `A module of type ${JSON.stringify(String(value.value).slice(0, 100))} cannot be imported; the only type is "json".`,
      );
    }
    kind = "json";
  }
  if (kind === "code" && /\.json$/i.test(specifier)) {
    throw new NotAllowed(
      source.start,
      `A module of data is imported with its type: \`import … from ${JSON.stringify(specifier)} with { type: "json" }\`.`,
    );
  }
  return { specifier, kind };
}

export function checkSpecifier(specifier: string, at: Pick<Node, "start">): void {
  if (specifier.length > maxSpecifier)
    throw new NotAllowed(at.start, `The name of a module has at most ${maxSpecifier} letters.`);
}
