/**
 * The table of what a script's library is made of, by engine: files of TypeScript's library, and what no file of it says. A test walks
 * live isolates and holds the result to them, in both directions.
 */
import type { EngineName } from "../config/engines.ts";

/** One part of the library, for an engine and all newer ones. */
export interface Part {
  readonly since: EngineName;
  /** Files that TypeScript 5.9, 6.0 and 7.0 know under this name, with the same content: they are referred to. */
  readonly refer?: readonly string[];
  /** Files that not each of them has, or that each calls something else: their text is taken from the compiler isobind carries. */
  readonly include?: readonly string[];
  /** Declarations that no file has, or that one has together with what isolates lack. */
  readonly own?: string;
}

/** Everything but `*.sharedmemory` and `es2024.arraybuffer`, which declare what the prelude takes away. */
const base: readonly string[] = [
  "es2016",
  ...["arraybuffer", "date", "intl", "object", "string", "typedarrays"].map((name) => `es2017.${name}`),
  ...["asyncgenerator", "asynciterable", "intl", "promise", "regexp"].map((name) => `es2018.${name}`),
  ...["array", "intl", "object", "string", "symbol"].map((name) => `es2019.${name}`),
  ...["bigint", "date", "intl", "number", "promise", "string"].map((name) => `es2020.${name}`),
  "es2020.symbol.wellknown",
  ...["intl", "promise", "string", "weakref"].map((name) => `es2021.${name}`),
  ...["array", "error", "intl", "object", "regexp", "string"].map((name) => `es2022.${name}`),
  ...["array", "collection", "intl"].map((name) => `es2023.${name}`),
  ...["collection", "object", "promise", "regexp", "string"].map((name) => `es2024.${name}`),
];

export const parts: readonly Part[] = [
  {
    since: "node22",
    refer: [...base, "esnext.array", "esnext.iterator"],
    include: ["es2025.collection"],
    own: `
interface ArrayBuffer {
  /** The same as \`byteLength\`: a buffer of a sandbox never grows. */
  get maxByteLength(): number;
  /** \`false\`: a buffer of a sandbox never grows. */
  get resizable(): boolean;
  /** Whether the buffer has given its bytes away. */
  get detached(): boolean;
}
interface ErrorConstructor {
  /** Gives an object the \`stack\` of this place, from the caller of a function on. */
  captureStackTrace(target: object, from?: Function): void;
  /** How many frames a stack has at most. */
  stackTraceLimit: number;
}
interface JSON {
  /** A value that \`stringify\` writes as the text is: for numbers with more digits than a \`number\` has. */
  rawJSON(text: string): { readonly rawJSON: string };
  isRawJSON(value: unknown): value is { readonly rawJSON: string };
}
declare namespace Intl {
  interface PluralRules {
    /** The plural category of a range. */
    selectRange(start: number | bigint, end: number | bigint): LDMLPluralRule;
  }
}
`,
  },
  {
    since: "node24",
    refer: ["esnext.disposable", "esnext.error", "esnext.float16", "esnext.promise"],
    include: ["es2025.intl", "es2025.regexp"],
    own: `
declare namespace Intl {
  interface Locale {
    /** The first day of a week that the locale's tag names: \`mon\`. */
    readonly firstDayOfWeek: string | undefined;
    getCalendars(): string[];
    getCollations(): string[];
    getHourCycles(): string[];
    getNumberingSystems(): string[];
    getTextInfo(): TextInfo;
    getTimeZones(): string[] | undefined;
    getWeekInfo(): WeekInfo;
  }
  interface TextInfo {
    direction?: "ltr" | "rtl";
  }
  interface WeekInfo {
    /** 1 is Monday, 7 is Sunday. */
    firstDay: number;
    weekend: number[];
  }
}
`,
  },
  {
    since: "node26",
    include: ["esnext.collection", "esnext.temporal", "esnext.date", "esnext.intl", "esnext.typedarrays"],
    own: `
interface IteratorConstructor {
  /** An iterator over the values of all of them, one after the other. */
  concat<T>(...iterables: readonly Iterable<T>[]): IteratorObject<T, undefined, unknown>;
}
`,
  },
];
