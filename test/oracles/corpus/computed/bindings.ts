// Types that compute: conditional, mapped, inferred, remapped, indexed, and what the library computes with.
interface User {
  id: string;
  name: string;
  age?: number;
  readonly tags: readonly string[];
  address: { city: string; zip?: string };
}

const defaults = { retries: 3, mode: "fast" as const, hosts: ["a", "b"], nested: { on: true } };
const levels = ["debug", "info", "error"] as const;

type Getters<T> = { [K in keyof T & string as `get${Capitalize<K>}`]: T[K] };
type WithoutAge<T> = { [K in keyof T as Exclude<K, "age">]: T[K] };
type Mutable<T> = { -readonly [K in keyof T]-?: T[K] };
type ElementOf<T> = T extends readonly (infer E)[] ? E : never;
type Deep<T> = T extends (infer E)[] ? Deep<E>[] : T extends object ? { [K in keyof T]: Deep<T[K]> } : T;
type Nullable<T> = { [K in keyof T]: T[K] | null };
type Path<T, P extends string = ""> = {
  [K in keyof T & string]: T[K] extends object ? Path<T[K], `${P}${K}.`> : `${P}${K}`;
}[keyof T & string];
type Reverse<T extends readonly unknown[]> = T extends readonly [infer F, ...infer R] ? [...Reverse<R>, F] : [];
type Events = { click: { x: number; y: number }; key: { code: string } };
type EventOf<M> = { [K in keyof M]: { type: K; payload: M[K] } }[keyof M];
type Flatten<T> = { [K in keyof T]: T[K] } & {};

export interface Bindings {
  library: {
    partial(value: Partial<User>): Required<User>;
    pick(value: Pick<User, "id" | "age">): Omit<User, "address">;
    record(value: Record<"a" | "b", number>): Record<string, User>;
    exclude(value: Exclude<"a" | "b" | "c", "a">): Extract<string | number | boolean, number | boolean>;
    nonNullable(value: NonNullable<string | null | undefined>): Readonly<User>;
    functions(value: Parameters<(a: string, b?: number) => void>): ReturnType<() => User[]>;
    awaited(value: Awaited<Promise<Promise<number>>>): Uppercase<"a" | "b">;
  };
  own: {
    getters(value: Getters<User>): WithoutAge<User>;
    mutable(value: Mutable<User>): Nullable<User>;
    element(value: ElementOf<typeof levels>): ElementOf<User[]>;
    deep(value: Deep<{ list: { when: string[] }[] }>): Flatten<{ a: string } & { b: number }>;
    path(value: Path<{ a: { b: string; c: { d: number } }; e: boolean }>): Reverse<[1, "two", true]>;
    event(value: EventOf<Events>): EventOf<Pick<Events, "key">>;
  };
  values: {
    typeOf(value: typeof defaults): (typeof levels)[number];
    keyOf(value: keyof typeof defaults): keyof User;
    indexed(value: User["address"]["city"]): User["tags"][number] | undefined;
    templated(value: `${(typeof levels)[number]}-${number}`): `/${string}/${"a" | "b"}`;
  };
}
