/**
 * CloneBytes: buffers and their views, each copied to its exact range. Self-contained: part of the prelude.
 */
import type { Charge, CloneState } from "./charge.ts";
import type { AnyView, Primordials } from "./primordials.ts";

export interface CloneBytes {
  copyBuffer(state: CloneState, value: ArrayBuffer, depth: number): ArrayBuffer;
  copyView(state: CloneState, value: AnyView, depth: number): unknown;
}

export function makeCloneBytes(p: Primordials, charging: Charge, copiesBuffers: boolean): CloneBytes {
  const { charge, notClonable } = charging;

  function copyBuffer(state: CloneState, value: ArrayBuffer, depth: number): ArrayBuffer {
    const known = state.seen.get(value);
    if (known !== undefined) return known as ArrayBuffer;
    if (p.bufferDetached(value) === true) notClonable(state, depth, "a detached ArrayBuffer");
    const bytes = p.bufferByteLength(value);
    charge(state, depth, bytes);
    let out = value;
    if (copiesBuffers) {
      out = new p.ArrayBuffer(bytes);
      p.typedArraySet(new p.Uint8Array(out), new p.Uint8Array(value));
    }
    state.seen.set(value, out);
    return out;
  }

  // A view of its whole buffer keeps sharing it. A view of a part takes that part and nothing else: beside it may lie
  // the secrets of other requests (`Buffer` cuts small buffers out of a shared pool).
  function copyView(state: CloneState, value: AnyView, depth: number): unknown {
    const tag = p.typedArrayTag(value);
    const isTyped = tag !== undefined;
    const View = p.views[tag ?? "DataView"];
    if (View === undefined) return notClonable(state, depth, `a ${tag} (copy it into a Float32Array first)`);
    const buffer = isTyped ? p.typedArrayBuffer(value) : p.dataViewBuffer(value);
    if (p.sharedArrayBufferPrototype !== null && isShared(buffer))
      return notClonable(state, depth, "a view of a SharedArrayBuffer");
    if (p.bufferDetached(buffer) === true)
      return notClonable(state, depth, "a view of a detached ArrayBuffer");
    const offset = isTyped ? p.typedArrayOffset(value) : p.dataViewOffset(value);
    const bytes = isTyped ? p.typedArrayByteLength(value) : p.dataViewByteLength(value);
    let out: AnyView;
    if (offset === 0 && bytes === p.bufferByteLength(buffer)) {
      const whole = copyBuffer(state, buffer, depth);
      out = whole === buffer && p.getPrototypeOf(value) === View.prototype ? value : new View(whole);
    } else {
      charge(state, depth, bytes);
      const exact = new p.Uint8Array(bytes);
      p.typedArraySet(exact, new p.Uint8Array(buffer, offset, bytes));
      out = new View(p.typedArrayBuffer(exact));
    }
    state.seen.set(value, out);
    return out;
  }

  function isShared(buffer: object): boolean {
    try {
      p.bufferByteLength(buffer);
      return false;
    } catch {
      return true;
    }
  }

  return { copyBuffer, copyView };
}
