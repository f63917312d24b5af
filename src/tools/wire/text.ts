/** The texts that stand for dates and bytes in JSON. */

/** RFC 3339, as `format: "date-time"` means it. Bounded in length, and no part of it can match in two ways. */
const dateTime = /^\d{4}-\d\d-\d\d[Tt ]\d\d:\d\d:\d\d(?:\.\d{1,30})?(?:[Zz]|[+-]\d\d:\d\d)$/u;

/** `null` for a text that is no moment a `Date` can hold: `"2026-02-30T00:00:00Z"`, a leap second. */
export function dateOf(text: string): Date | null {
  if (text.length > 64 || !dateTime.test(text)) return null;
  const date = new Date(text.replace(" ", "T").toUpperCase());
  if (Number.isNaN(date.getTime())) return null;
  // 30 February is read as 2 March.
  const day = Number(text.slice(8, 10));
  const last = new Date(Date.UTC(Number(text.slice(0, 4)), Number(text.slice(5, 7)), 0)).getUTCDate();
  return day <= last ? date : null;
}

/** `null` for an invalid date, and for a year that RFC 3339 has no spelling for. */
export function dateText(date: Date): string | null {
  if (Number.isNaN(date.getTime())) return null;
  const text = date.toISOString();
  return /^\d{4}-/u.test(text) ? text : null;
}

export function bytesOf(text: string): Uint8Array<ArrayBuffer> {
  return Uint8Array.from(Buffer.from(text, "base64"));
}

export function base64(bytes: Uint8Array): string {
  return Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString("base64");
}
