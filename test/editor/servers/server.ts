/** What the tests ask of a language server, whatever it speaks: plain answers, places as offsets in a text. */

/** A place in a script: an absolute path, and an offset in the text that was opened last. */
export interface At {
  readonly file: string;
  readonly offset: number;
}

export interface Shown {
  /** The signature or type, as the editor draws it. */
  readonly code: string;
  /** Documentation and tags, as one text. */
  readonly docs: string;
}

export interface SignatureShown extends Shown {
  /** The documentation of the parameter that is being typed. */
  readonly parameter: string;
}

export interface Underlined {
  /** What is underlined. */
  readonly text: string;
  readonly code: number;
}

export interface Target {
  readonly file: string;
  /** Counted from 1. */
  readonly line: number;
}

/** One process, for all tests of a file. */
export interface LanguageServer {
  /** Opens a script, or gives it another text, as somebody types. */
  type(file: string, text: string): Promise<void>;
  /** Names that are offered, without words of the language that have nothing to do with the place. */
  complete(at: At): Promise<readonly string[]>;
  hover(at: At): Promise<Shown | null>;
  signature(at: At): Promise<SignatureShown | null>;
  definition(at: At): Promise<readonly Target[]>;
  underlined(file: string): Promise<readonly Underlined[]>;
  /** Titles of the quick fixes for what is underlined. */
  fixes(file: string): Promise<readonly string[]>;
  close(): Promise<void>;
}

/** Line and character of an offset, both counted from 0. */
export function placeOf(text: string, offset: number): { line: number; character: number } {
  const before = text.slice(0, offset).split("\n");
  return { line: before.length - 1, character: before.at(-1)?.length ?? 0 };
}

/** The offset of a line and a character, both counted from 0. */
export function offsetOf(text: string, { line, character }: { line: number; character: number }): number {
  return (
    text
      .split("\n")
      .slice(0, line)
      .reduce((sum, one) => sum + one.length + 1, 0) + character
  );
}
