/**
 * Lists the web globals: what every script has of the web platform, beside ECMAScript and `console`. Pure ones only: no
 * timers, no network. The prelude makes each when a script first touches it; a test compares the live ones with these lists,
 * and what editors know is written from them.
 */

/** A class: its static members, and those of its prototype. `constructor` and `Symbol.toStringTag` every one of them has. */
export interface WebClass {
  readonly kind: "class";
  readonly statics: readonly string[];
  readonly members: readonly string[];
  /** True for a class whose objects are walked by `for … of`. */
  readonly isIterable: boolean;
}

export interface WebFunction {
  readonly kind: "function";
  /** Its `length`: the parameters that must be given. */
  readonly length: number;
}

/** What `console` has; the first five are the levels that a host gets. */
export const consoleMethods: readonly string[] =
  "log info warn error debug table group groupCollapsed groupEnd assert count countReset time timeLog timeEnd trace dir dirxml".split(
    " ",
  );

const words = (text: string): readonly string[] => text.split(" ");

/** Named constants of `DOMException`, which the class and its prototype both have. */
const exceptionCodes = words(
  "INDEX_SIZE_ERR DOMSTRING_SIZE_ERR HIERARCHY_REQUEST_ERR WRONG_DOCUMENT_ERR INVALID_CHARACTER_ERR NO_DATA_ALLOWED_ERR " +
    "NO_MODIFICATION_ALLOWED_ERR NOT_FOUND_ERR NOT_SUPPORTED_ERR INUSE_ATTRIBUTE_ERR INVALID_STATE_ERR SYNTAX_ERR " +
    "INVALID_MODIFICATION_ERR NAMESPACE_ERR INVALID_ACCESS_ERR VALIDATION_ERR TYPE_MISMATCH_ERR SECURITY_ERR NETWORK_ERR ABORT_ERR " +
    "URL_MISMATCH_ERR QUOTA_EXCEEDED_ERR TIMEOUT_ERR INVALID_NODE_TYPE_ERR DATA_CLONE_ERR",
);

export const webGlobals = {
  DOMException: {
    kind: "class",
    statics: exceptionCodes,
    members: ["name", "message", "code", ...exceptionCodes],
    isIterable: false,
  },
  TextDecoder: {
    kind: "class",
    statics: [],
    members: words("encoding fatal ignoreBOM decode"),
    isIterable: false,
  },
  TextEncoder: {
    kind: "class",
    statics: [],
    members: words("encoding encode encodeInto"),
    isIterable: false,
  },
  URL: {
    kind: "class",
    statics: words("canParse parse"),
    members: words(
      "href origin protocol username password host hostname port pathname search searchParams hash toString toJSON",
    ),
    isIterable: false,
  },
  URLSearchParams: {
    kind: "class",
    statics: [],
    members: words("size append delete get getAll has set sort entries forEach keys values toString"),
    isIterable: true,
  },
  atob: { kind: "function", length: 1 },
  btoa: { kind: "function", length: 1 },
  queueMicrotask: { kind: "function", length: 1 },
  structuredClone: { kind: "function", length: 1 },
} as const satisfies Readonly<Record<string, WebClass | WebFunction>>;

export type WebGlobalName = keyof typeof webGlobals;
