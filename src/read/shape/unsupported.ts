/**
 * Makes of what cannot cross an ordinary shape with a reason and a way out. Rules turn it into diagnostics.
 */
import { maxArgumentDepth, maxTypeDepth, maxTypes } from "../../model/limits.ts";
import type { UnsupportedShape } from "../../model/shape.ts";
import type { TypeUse } from "../frontend/frontend.ts";
import type { Endless, Lowering, ViewOf } from "../lowering.ts";
import { refusals } from "./host.ts";

/** `reason` finishes "`<type>` cannot cross: …"; `help` is a full sentence. */
export function notClonable(
  lowering: Lowering,
  use: TypeUse,
  reason: string,
  help: string,
): UnsupportedShape {
  return unsupported(lowering, use, "type-not-clonable", reason, help);
}

/** What authors write without an import, and only the typings of Node declare. */
const ofNode: ReadonlySet<string> = new Set(["Buffer", "NodeJS"]);

export function unresolved(lowering: Lowering, use: TypeUse, view: ViewOf<"unresolved">): UnsupportedShape {
  // A host's type whose typings are not installed: it could not cross with them either.
  const name = /^[\w$]+/.exec(view.text)?.[0] ?? "";
  const refusal = refusals.get(name);
  if (refusal)
    return { ...notClonable(lowering, use, refusal.reason, refusal.help), type: shorten(view.text) };
  const shape = unsupported(
    lowering,
    use,
    "type-unresolved",
    "the name, or the module it is imported from, cannot be found",
    ofNode.has(name)
      ? `It is a type of Node: \`npm install --save-dev @types/node\`, and have \`types\` of the tsconfig name \`"node"\`. \`Uint8Array\` needs neither.`
      : "Check its spelling and import, install the package that declares it, or build it where it is one of your workspace, and see that the tsconfig's `paths` and `types` reach it.",
  );
  return { ...shape, type: shorten(view.text) };
}

const tooMuch: Readonly<Record<Endless, string>> = {
  nested: `it nests more than ${maxTypeDepth} levels deep`,
  growing: `its type arguments nest more than ${maxArgumentDepth} levels deep`,
  many: `it is made of more than ${maxTypes} types`,
};

export function endlessShape(lowering: Lowering, use: TypeUse, endless: Endless): UnsupportedShape {
  return unsupported(
    lowering,
    use,
    "type-too-large",
    tooMuch[endless],
    "Give an inner part a name with an `interface` (the part that is recursive, where one is), or write a smaller type.",
  );
}

export function unsupported(
  lowering: Lowering,
  use: TypeUse,
  code: UnsupportedShape["code"],
  reason: string,
  help: string,
): UnsupportedShape {
  const { frontend } = lowering;
  const shape = { kind: "unsupported", code, type: frontend.text(use.type), reason, help } as const;
  return use.node === null ? shape : { ...shape, source: frontend.source(use.node) };
}

function shorten(text: string): string {
  const line = text.replace(/\s+/g, " ");
  return line.length <= 80 ? line : `${line.slice(0, 79)}…`;
}
