// What hardly anybody writes, and somebody does.
type U = { k: "a"; a: number } | { k: "b"; b: string };
enum Color {
  Red,
  Green,
  Blue,
}
enum Mixed {
  Minus = -1,
  Half = 1.5,
  Text = "s",
}
enum Computed {
  X = "abc".length,
  Y = 1 << 3,
}
type DistributedOmit<T, K extends PropertyKey> = T extends unknown ? Omit<T, K> : never;
type Getters<T> = { [K in keyof T & string as `get${Capitalize<K>}`]: T[K] };
interface User {
  id: string;
  age?: number;
  email: string | undefined;
}
interface Accessors {
  get size(): number;
  set size(value: number);
  get only(): string;
}
interface Fluent {
  value: number;
  next: this | null;
}
interface Variance<in out T> {
  value: T;
}
interface Defaults<T = string, L extends T[] = T[]> {
  item: T;
  list: L;
}
type InTheMiddle = [string, ...number[], boolean];
type Keyed = { [key: `x-${string}`]: number; [key: `y-${number}`]: string };
interface Quoted {
  0: string;
  1.5: number;
  "it's": boolean;
  "a b": 1;
  "\n": 2;
  constructor: 3;
  class: 4;
  "0x1": 5;
  é: 6;
}
type Paths<T> = T extends object
  ? { [K in keyof T & string]: K | `${K}.${Paths<T[K]>}` }[keyof T & string]
  : never;
type Split<S extends string> = S extends `${infer A}.${infer B}` ? [A, ...Split<B>] : [S];
type Event = { type: "a"; x: 1 } | { type: "b"; y: 2 } | { type: "c" };
type ByType = { [E in Event as E["type"]]: Omit<E, "type"> };
type Swapped<A, B> = { a: A; b?: Swapped<B, A> };
type Mutable<T> = { -readonly [K in keyof T]-?: T[K] };
type Xor = { a: string; b?: never } | { a?: never; b: number };
type Brand = string & { readonly __brand: unique symbol };
type Tagged<T, N extends string> = T & { readonly [K in `__${N}`]: true };
interface Merged {
  a: number;
}
interface Merged {
  b: string;
}
const routes = { home: "/", user: "/u" } as const;
declare function over(a: string): 1;
declare function over(a: number, b?: string): 2;
declare const schema: { parse(value: unknown): { n: number } };

export interface Bindings {
  omitUnion(a: DistributedOmit<U, "k">): void;
  getters(a: Getters<User>, b: Accessors, c: Fluent): void;
  generic(a: Variance<number>, b: Defaults, c: Defaults<number>, d: Swapped<1, 2>): void;
  tuples(a: InTheMiddle, b: [a?: string, b?: number], c: [string?, (number | undefined)?]): void;
  keys(a: Keyed, b: Quoted, c: { [key: number]: string; length: number }): void;
  enums(a: Record<Color, string>, b: Partial<Record<Mixed, Color>>, c: Computed): Color.Red | Mixed;
  paths(a: Paths<{ a: { b: string }; c: 1 }>, b: Split<"a.b.c">): ByType;
  mutable(a: Mutable<{ readonly a?: 1 }>, b: Xor, c: Merged): void;
  brands(a: Brand, b: Tagged<number, "UserId">): Tagged<number, "UserId">;
  routes(a: (typeof routes)[keyof typeof routes], b: keyof typeof routes): typeof routes;
  over: typeof over;
  parse: (typeof schema)["parse"];
  texts(a: `${number}px` | `${bigint}n` | `${boolean}` | `is-${Mixed}`, b: "a" | (string & {})): void;
  numbers(a: -1 | 0 | 1e21, b: 1n | -1n): void;
  predicates(a: unknown): a is string;
  assertions(a: unknown): asserts a is string;
  marker(a: ThisType<{ a: 1 }> & { b: 2 }): void;
  boxed(a: String, b: Number | null): Date | string;
  nothing(a: never): never;
  /** Nothing need be passed for a `void`. */
  voids(a: string, b: void, c: void | number): void | undefined;
  /** What stands before a required argument has to be passed. */
  optionalInFront(a?: string | null, ...b: [number, string?]): void;
  forms(...a: [] | [a: string] | [a: string, b: number]): void;
  self(this: void, a: number): void;
  constant<const T extends readonly string[]>(a: T): T;
  tail<T extends readonly [unknown, ...unknown[]]>(a: T): [...T, string];
}
