/**
 * Reads files out of a package's tarball in memory. Nothing is written to disk, so no entry's name can lead anywhere.
 */
import { gunzipSync } from "node:zlib";

const blockSize = 512;

/** Names of regular files with their text, for the names that are wanted. */
export function readTarball(
  archive: Buffer,
  isWanted: (name: string) => boolean,
): ReadonlyMap<string, string> {
  const data = gunzipSync(archive, { maxOutputLength: 512 * 1024 * 1024 });
  const files = new Map<string, string>();
  let longName: string | null = null;
  for (let at = 0; at + blockSize <= data.length;) {
    const header = data.subarray(at, at + blockSize);
    if (header[0] === 0) break;
    const size = Number.parseInt(textOf(header, 124, 12).trim() || "0", 8);
    if (!Number.isSafeInteger(size) || size < 0) break;
    const type = textOf(header, 156, 1);
    const body = data.subarray(at + blockSize, at + blockSize + size);
    const prefix = textOf(header, 345, 155);
    const name: string = longName ?? (prefix ? `${prefix}/` : "") + textOf(header, 0, 100);
    // A pax header carries the name of the next entry when it is longer than 100 bytes.
    longName = type === "x" ? (/\d+ path=([^\n]*)\n/u.exec(body.toString("utf8"))?.[1] ?? null) : null;
    if ((type === "0" || type === "") && isWanted(name)) files.set(name, body.toString("utf8"));
    at += blockSize + Math.ceil(size / blockSize) * blockSize;
  }
  return files;
}

function textOf(block: Buffer, start: number, length: number): string {
  const part = block.subarray(start, start + length);
  const end = part.indexOf(0);
  return part.subarray(0, end < 0 ? length : end).toString("utf8");
}
