/**
 * Packs many texts into one file: a line that names them and their lengths, then one after the other. Unpacking makes none of
 * them before it is asked for.
 */
export interface Text {
  readonly fileName: string;
  readonly text: string;
}

export function packTexts(texts: readonly Text[]): Uint8Array {
  const bytes = texts.map(({ text }) => Buffer.from(text));
  const index = texts.map(({ fileName }, at) => [fileName, bytes[at]?.length ?? 0]);
  return Buffer.concat([Buffer.from(`${JSON.stringify(index)}\n`), ...bytes]);
}

/** `null` when these are not all bytes that were packed. */
export function unpackTexts(packed: Buffer): readonly Text[] | null {
  const head = packed.indexOf("\n") + 1;
  if (head === 0) return null;
  let index: readonly (readonly [string, number])[];
  try {
    index = JSON.parse(packed.toString("utf8", 0, head)) as typeof index;
  } catch {
    return null;
  }
  let end = head;
  const texts = index.map(([fileName, length]) => {
    const from = end;
    end += length;
    const to = end;
    return {
      fileName,
      get text() {
        return packed.toString("utf8", from, to);
      },
    };
  });
  return end === packed.length ? texts : null;
}
