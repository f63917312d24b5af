// Signatures: overloads, optional and rest parameters, tuples as parameters, modes, and properties that are functions.
interface Options {
  deep?: boolean;
  limit?: number | undefined;
}
type Handler = (value: string, ...rest: readonly number[]) => Promise<boolean>;

export interface Bindings {
  overloaded(value: string): number;
  overloaded(value: number, radix: 2 | 10 | 16): string;
  overloaded(value: bigint): Promise<string>;
  property: (value: Options) => Options[];
  handler: Handler;
  readonly fixed: (this: void, value?: string) => void;
  optional(first: string, second?: Options, ...rest: Date[]): Promise<void>;
  spread(...args: [a: string, b?: number]): void;
  maybe(value: string): string | Promise<string>;
  nullable(value: string | null | undefined, other: undefined | number): undefined | null;
  objects(value: object, anything: unknown): object;
  empty(value: []): readonly [];
  variadic(value: [head: string, ...middle: number[], tail: boolean]): [1, 2?, ...3[]];
  dates(from: Date, to?: Date): [Date, RegExp][];
  sets(value: Set<Map<string, Set<bigint>>>): ReadonlySet<ArrayBuffer>;
  index(value: { [key: `x-${string}`]: string; [at: number]: string }): { [key: string]: number | undefined };
}
