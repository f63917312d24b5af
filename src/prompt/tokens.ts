/** Counts tokens as current models of OpenAI do (`o200k_base`). Others split text in much the same places; count with theirs to be exact. */

/** Number of tokens of a text. */
export type CountTokens = (text: string) => number;

/** Loaded when it is first asked for: its table has two megabytes. */
export async function loadTokenizer(): Promise<CountTokens> {
  const { countTokens } = await import("./o200k.ts");
  // Text that looks like a control token is text.
  return (text) => countTokens(text, { disallowedSpecial: new Set() });
}
