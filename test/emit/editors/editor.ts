/**
 * What an editor shows at a place of a script, as text: documentation with its tags, and the help while a call is written. One
 * interface for the language service of TypeScript 5.9 and 6.0 and for the server of 7.0.
 */
export interface Editor {
  /** Where the mouse stands on a name. */
  hover(offset: number): Promise<string>;
  /** What a completion that is chosen there would say; the offset is behind the dot. */
  completion(offset: number, name: string): Promise<string>;
  /** Behind the opening bracket of a call. */
  help(offset: number): Promise<string>;
  close(): Promise<void>;
}

export interface EditedFiles {
  readonly folder: string;
  readonly script: string;
  readonly text: string;
}
