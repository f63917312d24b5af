/** Lowers built-in objects that structured clone copies whole: dates, patterns, buffers and views on them. */
import type { Shape } from "../../model/shape.ts";
import type { TypeUse } from "../frontend/frontend.ts";
import type { Lowering, ViewOf } from "../lowering.ts";
import { builtinOf } from "./language.ts";
import { notClonable } from "./unsupported.ts";

export function builtinShape(lowering: Lowering, use: TypeUse, view: ViewOf<"object">): Shape {
  const name = builtinOf(view.name);
  if (!name) throw new Error(`Not a built-in type: ${view.name}`);
  return isShared(lowering, view) ? shared(lowering, use) : { kind: "builtin", name };
}

export function bufferShape(lowering: Lowering, use: TypeUse, view: ViewOf<"object">): Shape {
  if (isShared(lowering, view)) return shared(lowering, use);
  return {
    kind: "builtin",
    name: "Uint8Array",
    lossy: { from: "Buffer", loses: "the methods of `Buffer` (it arrives as a `Uint8Array`)" },
  };
}

/** `Uint8Array<SharedArrayBuffer>`. The default, `ArrayBufferLike`, is what every API says and is copied. */
function isShared(lowering: Lowering, view: ViewOf<"object">): boolean {
  const [buffer] = view.typeArguments;
  const inner = buffer && lowering.frontend.view(buffer);
  return inner?.kind === "object" && inner.name === "SharedArrayBuffer";
}

function shared(lowering: Lowering, use: TypeUse): Shape {
  return notClonable(
    lowering,
    use,
    "shared memory would let a script change what the host has already checked",
    "Send a view on an `ArrayBuffer`, which is copied.",
  );
}
