/**
 * Lays out the parts of a declaration, each by itself. Lines must end between parts, so no part changes the layout of another; and
 * a part that is what it was, where names mean what they meant, has the text it had.
 */
import { remembered } from "../../model/remembered.ts";
import { hardline, indent, type Doc } from "../print/doc.ts";
import { settle } from "../print/settle.ts";
import type { NameScope } from "./scope.ts";

/** The texts of each part so far. */
export type LayoutMemory = WeakMap<object, LaidOut[]>;

interface LaidOut {
  /** The built-in names that the part mentions, and how they were written. */
  readonly names: ReadonlyMap<string, string>;
  readonly text: string;
}

/**
 * The text of a part that stands indented by so many columns, which follow from the part; its first line is without them. `part` is all
 * that `build` reads.
 */
export type Layout = (part: object, columns: number, build: (scope: NameScope) => Doc) => string;

export function layoutOf(scope: NameScope, memory: LayoutMemory): Layout {
  return (part, columns, build) => {
    const texts = remembered(memory, part, () => []);
    const known = texts.find((one) =>
      Array.from(one.names).every(([name, as]) => scope.builtin(name) === as),
    );
    if (known !== undefined) return known.text;
    const names = new Map<string, string>();
    const builtin = (name: string): string => remembered(names, name, () => scope.builtin(name));
    const text = settle((objectGroup) =>
      indent([hardline, build({ ...scope, builtin, objectGroup })], columns),
    ).slice(1 + columns);
    texts.push({ names, text });
    return text;
  };
}
