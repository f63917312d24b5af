/**
 * What is thrown where the API of TypeScript 7 cannot say what a definition needs. Whoever reads falls back to the compiler isobind
 * carries, and tells why: a type that is half right would be worse than a slow one.
 */
export class Unsayable extends Error {
  /** What the API does not say, as a noun: `the labels of a tuple`. */
  readonly construct: string;

  constructor(construct: string) {
    super(`The API of TypeScript 7 does not say ${construct}.`);
    this.construct = construct;
  }
}
