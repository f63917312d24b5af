/** Lowers `` `user-${number}` ``. Its slots are primitives, or type parameters inside a generic declaration. */
import type { Shape } from "../../model/shape.ts";
import type { TypeUse } from "../frontend/frontend.ts";
import { lowerBody, type Lowering, type Scope, type ViewOf } from "../lowering.ts";
import { deferredShape } from "./deferred.ts";
import { mentionsParameter } from "./parameter.ts";

export function templateShape(
  lowering: Lowering,
  use: TypeUse,
  view: ViewOf<"template">,
  scope: Scope,
): Shape {
  const isGeneric = view.slots.some((slot) =>
    /^(parameter|deferred)$/.test(lowering.frontend.view(slot).kind),
  );
  if (isGeneric) return deferredShape(lowering, use, scope);
  const slots = view.slots.map((slot) => lowerBody(lowering, slot, scope));
  if (slots.some(mentionsParameter)) return deferredShape(lowering, use, scope);
  return { kind: "template", texts: view.texts, slots };
}
