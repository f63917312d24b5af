/**
 * Where a declared type differs from the host's on purpose, with the reason. Case -> part and direction -> why. An entry that no
 * longer holds fails the oracle as much as one that is missing.
 */
type Exceptions = Readonly<Record<string, Readonly<Record<string, string>>>>;

const reasons = {
  class: "a class instance arrives as its own data: methods, accessors and private fields stay behind",
  beside: "what a Map has besides its entries does not cross",
  groups: "the engine gives a match `groups: undefined` where its typings say that there are none",
  buffer: "a Buffer arrives as a Uint8Array",
  view: "bytes arrive in a buffer of their own, and a script has no shared ones to tell apart",
  literals: "an enum is its literals: a script has no enum at run time",
  promise: "what settles is what is awaited: promises of promises collapse, and every thenable is a Promise",
  oneResult: "a result is one type, and may arrive at once or later",
  given: "an optional parameter may be given as `undefined`; only a property can tell absence apart",
  overloads: "a choice of argument lists is declared as overloads, one for each",
  symbolKey: "a key that may be a symbol is declared as one that crosses",
  tag: "a tag keyed by a unique symbol, or made of what never crosses, has no name outside its module, so it gets one",
  arrayLike: "what is only like an array crosses as an array",
  views: "the views that cross are listed; the interface would also take what cannot cross",
  boxed: "a boxed primitive arrives as that primitive",
  mapped: "a date whose methods were mapped is still a date",
  temporal:
    "where the library of types has no Temporal, a value of it is declared as what every value of it has",
} as const;

export const exceptions: Exceptions = {
  "fixtures/valid/read-buffer": {
    "read => declared to host": reasons.buffer,
    "chunks => declared to host": reasons.buffer,
  },
  "fixtures/valid/read-inferred": { "bytes => declared to host": reasons.view },
  "fixtures/valid/read-mode": {
    "like => host to declared": reasons.promise,
    "nested => host to declared": reasons.promise,
    "nested => declared to host": reasons.promise,
    "maybeMixed => declared to host": reasons.oneResult,
    "either => declared to host": reasons.oneResult,
    "thenable => host to declared": reasons.promise,
    "thenable => declared to host": reasons.promise,
    "nestedUnion => host to declared": reasons.promise,
    "nestedUnion => declared to host": reasons.promise,
  },
  "fixtures/valid/read-parameters": {
    "spread(…) declared to host": reasons.given,
    "either(…) host to declared": reasons.overloads,
    "either#2(…) host to declared": reasons.overloads,
  },
  "fixtures/valid/read-zod": {
    "find(…) host to declared": reasons.tag,
    "find(…) declared to host": reasons.tag,
  },
  "fixtures/valid/shape-array": { "like(…) host to declared": reasons.arrayLike },
  "fixtures/valid/shape-brand": {
    "user => host to declared": reasons.tag,
    "user => declared to host": reasons.tag,
    "checked(…) host to declared": reasons.tag,
    "checked(…) declared to host": reasons.tag,
  },
  "fixtures/valid/shape-brand-several": {
    "verified(…) host to declared": reasons.tag,
    "verified(…) declared to host": reasons.tag,
    "verified => host to declared": reasons.tag,
    "verified => declared to host": reasons.tag,
    "ids(…) host to declared": reasons.tag,
    "ids(…) declared to host": reasons.tag,
    "lengths(…) host to declared": reasons.tag,
    "lengths(…) declared to host": reasons.tag,
    "written(…) host to declared": reasons.tag,
    "written(…) declared to host": reasons.tag,
    "load(…) host to declared": reasons.tag,
    "load(…) declared to host": reasons.tag,
  },
  "fixtures/valid/shape-float16": { "nearest(…) declared to host": reasons.view },
  "fixtures/valid/shape-generic-bounds": {
    "handle(…) host to declared": reasons.tag,
    "handle(…) declared to host": reasons.tag,
    "get(…) host to declared": reasons.symbolKey,
    "get => host to declared": reasons.symbolKey,
    "primitive(…) host to declared": reasons.symbolKey,
    "primitive => host to declared": reasons.symbolKey,
  },
  "fixtures/valid/shape-builtin": {
    "exact(…) declared to host": reasons.view,
    "anyView(…) host to declared": reasons.views,
  },
  "fixtures/valid/shape-class": {
    "price => declared to host": reasons.class,
    "boxed => declared to host": reasons.class,
  },
  "fixtures/valid/shape-class-extends": {
    "rows(…) declared to host": reasons.class,
    "rows => declared to host": reasons.class,
    "headers(…) declared to host": reasons.class,
    "headers => declared to host": reasons.class,
    "scores => declared to host": reasons.beside,
    "stamp(…) declared to host": reasons.class,
    "stamp => declared to host": reasons.class,
    "match => declared to host": reasons.groups,
  },
  "fixtures/valid/shape-class-mapped": {
    "change => declared to host": reasons.class,
    "pick(…) declared to host": reasons.class,
    "pick => declared to host": reasons.class,
    "itself(…) declared to host": reasons.class,
    "itself => declared to host": reasons.class,
  },
  "fixtures/valid/shape-enum": {
    "target(…) declared to host": reasons.literals,
    "target => declared to host": reasons.literals,
    "member(…) declared to host": reasons.literals,
    "only(…) declared to host": reasons.literals,
  },
  "fixtures/valid/shape-error-class": { "find => declared to host": reasons.class },
  "test/oracles/corpus/classes": {
    "colors(…) declared to host": reasons.literals,
    "red(…) declared to host": reasons.literals,
    "point(…) declared to host": reasons.class,
    "point => declared to host": reasons.class,
    "account => declared to host": reasons.class,
    "bytes(…) declared to host": reasons.buffer,
    "bytes => declared to host": reasons.buffer,
    "typed(…) declared to host": reasons.view,
  },
  "test/oracles/corpus/signatures": {
    "spread(…) declared to host": reasons.given,
  },
  "test/oracles/corpus/edges": {
    "enums => declared to host": reasons.literals,
    "brands(…) host to declared": reasons.tag,
    "brands(…) declared to host": reasons.tag,
    "boxed(…) host to declared": reasons.boxed,
    "optionalInFront(…) declared to host": reasons.given,
    "forms(…) host to declared": reasons.overloads,
    "forms#2(…) host to declared": reasons.overloads,
    "forms#3(…) host to declared": reasons.overloads,
  },
  "test/oracles/corpus/library-mapped": {
    "frozen(…) host to declared": reasons.mapped,
    "change(…) host to declared": reasons.mapped,
  },
  "fixtures/valid/shape-temporal": {
    "now => host to declared": reasons.temporal,
    "now => declared to host": reasons.temporal,
    "birthday => host to declared": reasons.temporal,
    "birthday => declared to host": reasons.temporal,
  },
};
