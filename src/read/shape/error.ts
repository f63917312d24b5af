/**
 * Lowers error classes. A class of the author's arrives as the standard class it extends, with the data its type declares.
 */
import type { ErrorName, Shape } from "../../model/shape.ts";
import type { TypeUse } from "../frontend/frontend.ts";
import type { Lowering, Scope, ViewOf } from "../lowering.ts";
import { isError } from "./language.ts";
import { dataProperties } from "./property.ts";

/** What every error carries anyway; `stack` never crosses. */
const carried: ReadonlySet<string> = new Set(["name", "message", "stack", "cause", "errors"]);

export function errorShape(_lowering: Lowering, _use: TypeUse, view: ViewOf<"object">): Shape {
  if (!isError(view.name)) throw new Error(`Not a standard error: ${view.name}`);
  return { kind: "error", name: view.name, properties: [] };
}

/** Errors of libraries that cross as an `Error` with their name and message: what else they have, they have inside or inherit. */
export const plainErrors: ReadonlySet<string> = new Set(["DOMException", "SuppressedError"]);

export function plainErrorShape(_lowering: Lowering, _use: TypeUse, { name }: ViewOf<"object">): Shape {
  return { kind: "error", name: "Error", properties: [], lossy: lossOf(name, "Error") };
}

function lossOf(name: string, base: ErrorName): { readonly from: string; readonly loses: string } {
  return { from: name, loses: `its class and methods (it arrives as ${withArticle(base)})` };
}

/** An error class of an author: `base` is the standard class it extends. */
export function customErrorShape(
  lowering: Lowering,
  use: TypeUse,
  name: string,
  base: ErrorName,
  scope: Scope,
): Shape {
  const properties = dataProperties(lowering, use, scope).properties.filter(
    (property) => !carried.has(property.name),
  );
  return {
    kind: "error",
    name: base,
    properties,
    lossy: lossOf(name, base),
  };
}

/** "an `Error`", "a `TypeError`". */
export function withArticle(name: string): string {
  return `${/^[AEIO]/.test(name) ? "an" : "a"} \`${name}\``;
}
