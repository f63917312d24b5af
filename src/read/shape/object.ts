/**
 * Lowers object types: literals, interface bodies, records, and the data of class instances.
 */
import type { Shape } from "../../model/shape.ts";
import type { TypeUse } from "../frontend/frontend.ts";
import type { Lowering, OpenType, Scope, ViewOf } from "../lowering.ts";
import { extendedShape } from "./base.ts";
import { globalOf } from "./global.ts";
import { dataProperties, itsMethods } from "./property.ts";
import { notClonable } from "./unsupported.ts";

export function objectShape(lowering: Lowering, use: TypeUse, view: ViewOf<"object">, scope: Scope): Shape {
  const global = globalOf(lowering, use, view);
  if (global) return global(lowering, use, view, scope);
  if (isHostObject(lowering, use, view)) {
    return notClonable(
      lowering,
      use,
      "it is an object with methods, which have no structured clone",
      "Send the data it stands for, or offer bindings that use it on the host.",
    );
  }
  if (view.form !== "literal") {
    const extended = extendedShape(lowering, use, view, scope);
    if (extended) return extended;
  }
  return recursively(lowering, use, view, scope, (inner) => plainShape(lowering, use, view, inner));
}

/** An object of the language or the host that is used through its methods, such as `Intl.DateTimeFormat`. */
export function isHostObject(lowering: Lowering, use: TypeUse, view: ViewOf<"object">): boolean {
  return (
    view.library !== null &&
    view.form === "interface" &&
    globalOf(lowering, use, view) === null &&
    lowering.frontend.bases(use.type).length === 0 &&
    lowering.frontend.properties(use.type).some(({ onPrototype }) => onPrototype)
  );
}

/** Runs `build` for an unnamed type; if it meets itself inside, it becomes a declaration. */
export function recursively(
  lowering: Lowering,
  use: TypeUse,
  view: { readonly source?: ViewOf<"object">["source"] },
  scope: Scope,
  build: (inner: Scope) => Shape,
): Shape {
  const declared = use.type === scope.definition ? undefined : lowering.declarations.instanceOf(use.type);
  if (declared !== undefined) return { kind: "reference", name: declared, typeArguments: [] };
  const around = scope.open.get(use.type);
  if (around) {
    around.name ??= lowering.declarations.adopt(nameFor(scope), view.source ?? null).token;
    if (scope.generic) lowering.declarations.found.add(scope.generic);
    return { kind: "reference", name: around.name, typeArguments: [] };
  }
  const self: OpenType = { name: null };
  const shape = build({ ...scope, open: new Map(scope.open).set(use.type, self) });
  if (self.name === null) return shape;
  const draft = lowering.declarations.drafts.get(self.name);
  if (draft) draft.shape = shape;
  return { kind: "reference", name: self.name, typeArguments: [] };
}

function nameFor({ hint }: Scope): string {
  const word = hint.replace(/[^\p{ID_Continue}]/gu, "");
  return /^\p{ID_Start}/u.test(word) ? word[0]?.toUpperCase() + word.slice(1) : "Recursive";
}

function plainShape(lowering: Lowering, use: TypeUse, view: ViewOf<"object">, scope: Scope): Shape {
  const { properties, index, lost } = dataProperties(lowering, use, scope, view.form === "class");
  const isClass = view.form === "class" || lost.includes(itsMethods);
  if (isClass && properties.length === 0 && index.length === 0 && lost.length > 0) {
    return notClonable(
      lowering,
      use,
      "it has methods only, and no data of its own that could cross",
      "Offer its methods as bindings, or return the data that scripts need.",
    );
  }
  const losses = view.form === "class" ? ["its class", ...lost] : lost;
  const shape = { kind: "object", properties, index } as const;
  if (losses.length === 0) return shape;
  const from = view.form === "literal" ? lowering.frontend.text(use.type) : view.name;
  return { ...shape, lossy: { from, loses: listed(losses) } };
}

function listed(words: readonly string[]): string {
  return words.length < 2 ? words.join("") : `${words.slice(0, -1).join(", ")} and ${words.at(-1)}`;
}
