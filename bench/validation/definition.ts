/**
 * The five shapes every validator is given, as bindings.
 */
export type SqlValue = string | number | boolean | null | Date | Uint8Array;

export interface User {
  id: number;
  name: string;
  email: string;
  active: boolean;
  role: "admin" | "editor" | "viewer";
  address: { street: string; zip: string; geo: { lat: number; lng: number } };
  tags: string[];
  nickname?: string;
}

export interface Tree {
  value: number;
  label: string;
  children: Tree[];
}

export interface Filter {
  field: string;
  op: "eq" | "lt" | "gt";
  value: string | number;
}

export interface Bindings {
  /** s1: a statement and ten parameters of a union. */
  sql(statement: string, params: SqlValue[]): void;
  /** s2: a record. */
  user(user: User): void;
  /** s3: a recursive tree of forty nodes and a list of filters. */
  tree(tree: Tree, filters: Filter[]): void;
  /** s4: what JSON cannot say. */
  rich(
    map: Map<string, { zip: string }[]>,
    set: Set<number>,
    big: bigint,
    tuple: [string, number, boolean?],
  ): void;
  /** s5: two scalars. */
  scalars(text: string, count: number): void;
}
