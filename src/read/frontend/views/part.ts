/**
 * Declares what the frontend holds behind a tree handle. An expression where the author wrote one (its syntax knows of
 * spreads and computed keys), a type otherwise; and the declarations its documentation stands on.
 */
import type { TreeHandle } from "../frontend.ts";
import type { ts } from "./compiler.ts";

export interface Part {
  readonly expression: ts.Expression | null;
  /** Asked for only when needed: the type of an expression costs inference. */
  readonly type: () => ts.Type;
  readonly declarations: readonly ts.Node[];
}

export const toPart = (handle: TreeHandle): Part => handle as unknown as Part;
export const fromPart = (part: Part): TreeHandle => part as unknown as TreeHandle;
