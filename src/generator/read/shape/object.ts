/**
 * Object types: literals, interface bodies, records, and the data of class instances.
 */
import type { Shape } from "../../../contract/shape.ts";
import type { TypeUse, TypeView } from "../frontend/frontend.ts";
import type { Lowering, OpenType, Scope } from "../lowering.ts";
import { arrayShape } from "./array.ts";
import { customErrorShape } from "./error.ts";
import { globalOf, isBuiltin, isError } from "./global.ts";
import { dataProperties } from "./property.ts";

type ObjectView = Extract<TypeView, { kind: "object" }>;

export function objectShape(lowering: Lowering, use: TypeUse, view: ObjectView, scope: Scope): Shape {
  const global = globalOf(lowering, use, view);
  if (global) return global(lowering, use, view, scope);
  if (view.form !== "literal") {
    const extended = extendedShape(lowering, use, view, scope);
    if (extended) return extended;
  }
  return recursively(lowering, use, view, scope, (inner) => plainShape(lowering, use, view, inner));
}

/** Runs `build` for an unnamed type; if it meets itself inside, it becomes a declaration. */
export function recursively(
  lowering: Lowering,
  use: TypeUse,
  view: { readonly source?: ObjectView["source"] },
  scope: Scope,
  build: (inner: Scope) => Shape,
): Shape {
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

function plainShape(lowering: Lowering, use: TypeUse, view: ObjectView, scope: Scope): Shape {
  const { properties, index, lost } = dataProperties(lowering, use, scope, view.form === "class");
  const losses = view.form === "class" ? ["its class", ...lost] : lost;
  const shape = { kind: "object", properties, index } as const;
  if (losses.length === 0) return shape;
  const from = view.form === "literal" ? lowering.frontend.text(use.type) : view.name;
  return { ...shape, lossy: { from, loses: listed(losses) } };
}

/** What a class or interface arrives as when it extends a type that structured clone knows. */
function extendedShape(lowering: Lowering, use: TypeUse, view: ObjectView, scope: Scope): Shape | null {
  for (const base of ancestors(lowering, use)) {
    const baseView = lowering.frontend.view(base);
    // Its elements arrive; properties beside them do not, and an array has no shape to say so.
    if (baseView.kind === "array") return arrayShape(lowering, baseView, scope);
    if (baseView.kind !== "object" || baseView.library === null) continue;
    if (isError(baseView.name)) return customErrorShape(lowering, use, view.name, baseView.name, scope);
    const global = globalOf(lowering, base, baseView);
    if (!global) continue;
    const shape = global(lowering, base, baseView, scope);
    return isBuiltin(baseView.name) || baseView.name === "Buffer"
      ? ({
          ...shape,
          lossy: { from: view.name, loses: `its class (it arrives as a \`${baseView.name}\`)` },
        } as Shape)
      : shape;
  }
  return null;
}

/** Nearest first. */
function ancestors(lowering: Lowering, use: TypeUse): TypeUse[] {
  const found: TypeUse[] = [];
  const pending = [...lowering.frontend.bases(use.type)];
  for (let type = pending.shift(); type && found.length < 64; type = pending.shift()) {
    found.push({ type, node: null });
    pending.push(...lowering.frontend.bases(type));
  }
  return found;
}

function listed(words: readonly string[]): string {
  return words.length < 2 ? words.join("") : `${words.slice(0, -1).join(", ")} and ${words.at(-1)}`;
}
