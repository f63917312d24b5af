/**
 * Declares a change: one difference between two contracts, as data. How it is found is elsewhere; how it is printed too.
 */
import type { ChangeKind } from "./kinds.ts";

/** `breaking`: a correct script may stop working. `compatible`: none does. `docs`: only people notice. */
export type ChangeClass = "breaking" | "compatible" | "docs";

export interface Change {
  readonly kind: ChangeKind;
  readonly class: ChangeClass;
  /** The binding, `["db", "query"]`; empty for a change of the whole contract or of a named type's documentation. */
  readonly path: readonly string[];
  /** The part of the binding: `argument options.limit`, `result.rows[].id`, `@timeout`; empty for the leaf itself. */
  readonly where: string;
  /** The named type whose change this is, when the part has one: many uses of one type share one root. */
  readonly root: string | null;
  /** The part as it was and as it is, printed; `null` where there was or is nothing. */
  readonly before: string | null;
  readonly after: string | null;
  /** What changed: one full sentence. */
  readonly message: string;
  /** What it means for scripts, or what to do instead. */
  readonly help: string;
}

/** A change without its words: what the comparing functions report. */
export interface Finding {
  readonly kind: ChangeKind;
  readonly path: readonly string[];
  readonly where: string;
  readonly root?: string | null;
  readonly before?: string | null;
  readonly after?: string | null;
  /** What the sentence of the kind calls `{name}`. */
  readonly name?: string;
}
