/**
 * Base: what a class or interface extends, and what that makes of its instances. An error class arrives as an error, a class
 * that extends `Map` as a `Map`; one that extends a stream cannot cross.
 */
import type { Shape } from "../../../contract/shape.ts";
import type { TypeUse, TypeView } from "../frontend/frontend.ts";
import type { Lowering, Scope } from "../lowering.ts";
import { arrayShape } from "./array.ts";
import { customErrorShape } from "./error.ts";
import { globalOf, isBuiltin, isError } from "./global.ts";
import { refusals, type Refusal } from "./host.ts";
import { notClonable, unresolved } from "./unsupported.ts";

type ObjectView = Extract<TypeView, { kind: "object" }>;

/** A longer chain of classes is a loop. */
const maxAncestors = 64;

/** What an instance arrives as because of what it extends; `null` when it is plain data. */
export function extendedShape(
  lowering: Lowering,
  use: TypeUse,
  view: ObjectView,
  scope: Scope,
): Shape | null {
  const refused = refusedBase(lowering, use);
  if (refused) return notClonable(lowering, use, refused.reason, refused.help);
  for (const base of ancestors(lowering, use)) {
    const baseView = lowering.frontend.view(base);
    if (baseView.kind === "unresolved") return unresolved(lowering, base, baseView);
    // Its elements arrive; properties beside them do not, and an array has no shape to say so.
    if (baseView.kind === "array") return arrayShape(lowering, baseView, scope);
    if (baseView.kind !== "object" || baseView.library === null) continue;
    if (isError(baseView.name)) return customErrorShape(lowering, use, view.name, baseView.name, scope);
    const global = globalOf(lowering, base, baseView);
    if (!global) continue;
    const shape = global(lowering, base, baseView, scope);
    if (shape.kind !== "builtin") return shape;
    const name = isBuiltin(baseView.name) ? baseView.name : shape.name;
    return { ...shape, lossy: { from: view.name, loses: `its class (it arrives as a \`${name}\`)` } };
  }
  return null;
}

/** Why a class cannot cross, if it is because of what it extends. */
export function refusedBase(lowering: Lowering, use: TypeUse): Refusal | null {
  for (const base of ancestors(lowering, use)) {
    const view = lowering.frontend.view(base);
    if (view.kind !== "object" || view.library === null) continue;
    const refusal = refusals.get(view.name);
    if (refusal) return refusal;
  }
  return null;
}

/** Nearest first. */
function ancestors(lowering: Lowering, use: TypeUse): TypeUse[] {
  const found: TypeUse[] = [];
  const pending = [...lowering.frontend.bases(use.type)];
  for (let type = pending.shift(); type && found.length < maxAncestors; type = pending.shift()) {
    found.push({ type, node: null });
    pending.push(...lowering.frontend.bases(type));
  }
  return found;
}
