/**
 * Encodes buffers and views. Small ones are collected in pieces, large ones are pieces of their own. Self-contained: part of
 * the prelude.
 */
import type { Walk } from "./encode-walk.ts";
import type { AnyView } from "./built-ins.ts";

export type BytesPart = ReturnType<typeof makeBytes>;

export function makeBytes({ p, format, copiesBuffers, put, remember, charge, notClonable }: Walk) {
  const { tag, price, views } = format;
  const largeBuffer = 16384;
  const pieceBytes = 65536;

  let all: ArrayBuffer[] | undefined;
  /** The piece that small buffers are collected in, and how much of it is taken. */
  let piece = new p.Uint8Array(0);
  let pieceRoom = 0;
  let taken = 0;

  function putBuffer(value: ArrayBuffer, depth: number): void {
    if (p.bufferDetached(value) === true) notClonable("a detached ArrayBuffer", depth);
    const length = p.bufferByteLength(value);
    charge(price.buffer + length, depth);
    putBytes(length, value, 0);
  }

  // A view of its whole buffer keeps sharing it. A view of a part takes that part and nothing else: beside it may lie
  // the secrets of other requests (`Buffer` cuts small buffers out of a shared pool).
  function putView(value: AnyView, depth: number): void {
    const name = p.typedArrayTag(value);
    const isTyped = name !== undefined;
    const number = isTyped ? viewNumber(name) : 0;
    if (number < 0) return notClonable(`a ${name}`, depth);
    const buffer = isTyped ? p.typedArrayBuffer(value) : p.dataViewBuffer(value);
    if (p.refused["SharedArrayBuffer"] !== undefined && !p.isBuffer(buffer))
      notClonable("a view of a SharedArrayBuffer", depth);
    if (p.bufferDetached(buffer) === true) notClonable("a view of a detached ArrayBuffer", depth);
    const offset = isTyped ? p.typedArrayOffset(value) : p.dataViewOffset(value);
    const length = isTyped ? p.typedArrayByteLength(value) : p.dataViewByteLength(value);
    charge(price.view, depth);
    put((number << 4) | tag.view);
    put(isTyped ? p.typedArrayLength(value) : length);
    if (offset === 0 && length === p.bufferByteLength(buffer)) {
      const known = remember(buffer, 0);
      if (known >= 0) return put((known << 4) | tag.again);
      return putBuffer(buffer, depth);
    }
    charge(price.buffer + length, depth);
    // A buffer of its own, which nothing else can mean; it takes a number all the same.
    remember(p.create(null) as object, 0);
    putBytes(length, buffer, offset);
  }

  function viewNumber(name: string): number {
    for (let i = 1; i < views.length; i++) if (views[i] === name) return i;
    return -1;
  }

  function putBytes(length: number, from: ArrayBuffer, offset: number): void {
    put((length << 4) | tag.buffer);
    if (length === 0) return;
    if (length >= largeBuffer) {
      endPiece();
      const isWhole = offset === 0 && length === p.bufferByteLength(from);
      return addPiece(isWhole && !copiesBuffers ? from : copyBytes(length, from, offset));
    }
    if (taken + length > pieceRoom) {
      endPiece();
      pieceRoom = pieceRoom === 0 && length <= 1024 ? 1024 : pieceBytes;
      piece = new p.Uint8Array(pieceRoom);
    }
    p.typedArraySet(piece, new p.Uint8Array(from, offset, length), taken);
    taken += length;
  }

  function copyBytes(length: number, from: ArrayBuffer, offset: number): ArrayBuffer {
    const copy = new p.Uint8Array(length);
    p.typedArraySet(copy, new p.Uint8Array(from, offset, length), 0);
    return p.typedArrayBuffer(copy);
  }

  /** What small buffers were collected in is a piece, of just their bytes. */
  function endPiece(): void {
    if (taken === 0) return;
    addPiece(copyBytes(taken, p.typedArrayBuffer(piece), 0));
    taken = 0;
  }

  function addPiece(buffer: ArrayBuffer): void {
    all ??= p.list<ArrayBuffer>();
    all[all.length] = buffer;
  }

  return {
    putBuffer,
    putView,
    /** All bytes of the value, in their order. Absent when there are none. */
    pieces(): readonly ArrayBuffer[] | undefined {
      endPiece();
      return all;
    },
    release(): void {
      all = undefined;
      taken = 0;
    },
  };
}
