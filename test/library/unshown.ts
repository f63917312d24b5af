/**
 * What isolates have and a script's library does not show, each with its reason. Everything else must be in both.
 */
export const unshown: readonly { readonly what: RegExp; readonly because: string }[] = [
  {
    what: /^- .*\.@@toStringTag$/,
    because: "TypeScript declares it for some and not for others; no script reads it",
  },
  {
    what: /^- TypedArray\.@@species$/,
    because: "classes made of typed arrays; TypeScript has no type for it",
  },
  {
    what: /^- Date\.prototype\.(?:getYear|setYear|toGMTString)$/,
    because: "left from the first browsers; the language advises against them",
  },
  {
    what: /^- Object\.prototype\.__\w+__$/,
    because: "left from the first browsers; `Reflect` and `Object` have better names",
  },
  {
    what: /^- Error\.prepareStackTrace$/,
    because: "V8's hook for stacks, which must stay as isobind needs it",
  },
  { what: /^- Intl\.v8BreakIterator(?:\.prototype)?$/, because: "V8's forerunner of `Intl.Segmenter`" },
  {
    what: /^- Intl\.Locale\.prototype\.(?:calendars|collations|hourCycles|numberingSystems|textInfo|timeZones|weekInfo)$/,
    because: "forerunners of methods like `getCalendars`, gone in Node 26",
  },
];

export const isUnshown = (difference: string): boolean => unshown.some(({ what }) => what.test(difference));
