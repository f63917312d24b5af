/**
 * Types whose values both typia and isobind judge. One a line: `generate.ts` makes a typia validator of each, and the
 * differential test a definition.
 */
export interface User {
  id: string;
  age: number;
  nick?: string;
  email: string | null;
}
export interface Tree {
  value: number;
  children: Tree[];
}
export type Shape =
  | { kind: "circle"; r: number }
  | { kind: "box"; w: number; h: number; label?: string }
  | { kind: "path"; points: [number, number][] };
export interface Page {
  items: User[];
  next: string | null;
  total: bigint;
}

export interface Types {
  number: number;
  string: string;
  boolean: boolean;
  bigint: bigint;
  nil: null;
  literals: "a" | "b" | 3 | true | null;
  template: `user-${number}`;
  slug: `${"x" | "y"}/${string}`;
  numbers: number[];
  nested: string[][];
  pair: [string, number];
  optionalTuple: [string, number?];
  restTuple: [string, ...boolean[]];
  user: User;
  tree: Tree;
  shape: Shape;
  page: Page;
  record: Record<string, number>;
  mixed: { a: string; b: { c: number[]; d?: boolean } };
  both: { a: string } & { b: number };
  map: Map<string, User>;
  set: Set<number>;
  date: Date;
  bytes: Uint8Array;
  either: string | number[] | Date;
  maybe: { value: string | undefined; other?: number };
}
