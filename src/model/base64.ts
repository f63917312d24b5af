/** True for base64 with its padding, letter by letter: readers of it skip what is none. */
export function isBase64(text: string): boolean {
  return text.length % 4 === 0 && /^[A-Za-z0-9+/]*={0,2}$/u.test(text);
}
