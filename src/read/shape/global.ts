/**
 * Finds how types of the language and of hosts are lowered that structured clone treats in its own way. They are recognised
 * by name *and* by who declares them: an author's own `Headers` is an ordinary type.
 */
import { typedArrayNames, type Shape } from "../../model/shape.ts";
import type { TypeUse } from "../frontend/frontend.ts";
import { lower, type Lowering, type Scope, type ViewOf } from "../lowering.ts";
import { bufferShape, builtinShape } from "./builtin.ts";
import { errorShape, plainErrors, plainErrorShape } from "./error.ts";
import { refusals } from "./host.ts";
import { builtinOf, isError } from "./language.ts";
import { mapShape } from "./map.ts";
import { setShape } from "./set.ts";
import { notClonable } from "./unsupported.ts";

type LowerGlobal = (lowering: Lowering, use: TypeUse, view: ViewOf<"object">, scope: Scope) => Shape;

/** How a type that structured clone knows is lowered; `null` for every other type. */
export function globalOf(lowering: Lowering, use: TypeUse, view: ViewOf<"object">): LowerGlobal | null {
  if (view.library === null || view.form === "literal") return null;
  if (view.library === "es") {
    const known = Object.hasOwn(language, view.name) ? language[view.name] : undefined;
    if (known) return known;
    if (builtinOf(view.name)) return builtinShape;
    if (isError(view.name)) return errorShape;
  }
  if (plainErrors.has(view.name)) return plainErrorShape;
  if (view.name === "Buffer") return bufferShape;
  const refusal = refusals.get(view.name);
  if (!refusal) return null;
  // A namespace of plain data may share a name with a host object; only what has methods is one.
  const hasMethods = lowering.frontend
    .properties(use.type)
    .some((property) => property.symbol || property.onPrototype);
  return hasMethods || view.library === "es" || view.name !== ""
    ? (at, of) => notClonable(at, of, refusal.reason, refusal.help)
    : null;
}

/** What TypeScript's `ArrayBufferView` may be. A `Float16Array` is one in the newest libraries alone, and says so by its name. */
const views = ["DataView", ...typedArrayNames.filter((name) => name !== "Float16Array")] as const;

const language: Readonly<Record<string, LowerGlobal>> = {
  Map: mapShape,
  ReadonlyMap: mapShape,
  Set: setShape,
  ReadonlySet: setShape,
  ArrayLike: (lowering, _use, view, scope) => ({
    kind: "array",
    element: view.typeArguments[0] ? lower(lowering, view.typeArguments[0], scope) : { kind: "unknown" },
    readonly: true,
  }),
  ArrayBufferView: () => ({ kind: "union", members: views.map((name) => ({ kind: "builtin", name })) }),
};
