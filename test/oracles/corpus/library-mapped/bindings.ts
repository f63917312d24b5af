// Types of the language that a mapped type goes through: what arrives is still a date, a map, an error.
type DeepReadonly<T> = T extends (infer E)[]
  ? readonly DeepReadonly<E>[]
  : T extends object
    ? { readonly [K in keyof T]: DeepReadonly<T[K]> }
    : T;
type DeepPartial<T> = T extends object ? { [K in keyof T]?: DeepPartial<T[K]> } : T;

interface Event {
  at: Date;
  bytes: Uint8Array;
  labels: Map<string, string>;
  seen: string[];
}

export interface Bindings {
  readonlyForms(at: Readonly<Date>, labels: Readonly<Map<string, number>>, pattern: Readonly<RegExp>): void;
  readonlyBytes(bytes: Readonly<Uint8Array>, list: Readonly<string[]>): Readonly<Error>;
  frozen(event: DeepReadonly<Event>): void;
  change(event: DeepPartial<Event>): void;
}
