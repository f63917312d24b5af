// Generics: kept, applied, nested, recursive, with defaults and constraints.
interface Page<T, C = string> {
  items: T[];
  next?: C;
}
interface Tree<T> {
  value: T;
  children: Tree<T>[];
  parent?: Tree<T>;
}
interface Linked<A, B> {
  a: A;
  swapped?: Linked<B, A>;
}
type Result<T, E extends { code: string } = { code: string; message: string }> =
  | { ok: true; value: T }
  | { ok: false; error: E };
type Json = null | boolean | number | string | Json[] | { [key: string]: Json };
type Pair<T> = [first: T, second?: T];
type Lookup<K extends string, V> = Map<K, Set<V>>;
interface Repository<T extends { id: string }> {
  all: T[];
  byId: Record<string, T>;
}
interface User {
  id: string;
  friends: User[];
  meta: Json;
}
interface Self {
  me: this;
  others: this[];
}

export interface Bindings {
  page(value: Page<User>): Page<User, number>;
  nested(value: Page<Page<Tree<Date>>>): Promise<Result<Page<User>>>;
  tree(value: Tree<string>): Tree<{ id: bigint }> | null;
  linked(value: Linked<string, number>): void;
  failing(value: Result<number, { code: "E_A"; at: number }>): Result<void>;
  json(value: Json): Json[];
  pair(value: Pair<User>): Pair<Pair<number>>;
  lookup(value: Lookup<"a" | "b", User>): ReadonlyMap<string, ReadonlySet<number>>;
  repository(value: Repository<User>): Repository<{ id: string; extra: Uint8Array }>;
  own: {
    identity<T>(value: T): T;
    constrained<T extends User>(value: T, key: string): T["id"];
    page<T extends { id: string }>(items: T[], size?: number): Promise<Page<T>>;
    map<K extends string, V extends number>(entries: [K, V][]): Record<K, V>;
  };
  self(value: Self): Self;
}
