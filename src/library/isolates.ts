/**
 * The table of what live isolates have, by the object that has it, once the prelude has run: what came with an engine, and under its name with
 * a `-` what went with it. Written by `scripts/isolates.ts`. `@@iterator` is `Symbol.iterator`, and `Error()` an object of the class.
 */
import type { EngineName } from "../config/engines.ts";

export type Arrivals = Readonly<Partial<Record<EngineName | `-${EngineName}`, string>>>;

export const isolates: Readonly<Record<string, Arrivals>> = {
  "AggregateError()": { node22: "errors stack" },
  "AggregateError.prototype": { node22: "message" },
  Array: { node22: "@@species from fromAsync isArray of" },
  "Array()": { node22: "0" },
  "Array.prototype": {
    node22:
      "@@iterator @@unscopables at concat copyWithin entries every fill filter find findIndex findLast findLastIndex flat flatMap forEach includes indexOf join keys lastIndexOf map pop push reduce reduceRight reverse shift slice some sort splice toLocaleString toReversed toSorted toSpliced toString unshift values with",
  },
  "Array.prototype.@@unscopables": {
    node22:
      "at copyWithin entries fill find findIndex findLast findLastIndex flat flatMap includes keys toReversed toSorted toSpliced values",
  },
  ArrayBuffer: { node22: "@@species isView" },
  "ArrayBuffer.prototype": { node22: "@@toStringTag byteLength detached maxByteLength resizable slice" },
  "ArrayIterator.prototype": { node22: "@@toStringTag next" },
  "AsyncDisposableStack.prototype": {
    node24: "@@asyncDispose @@toStringTag adopt defer disposeAsync disposed move use",
  },
  "AsyncFunction.prototype": { node22: "@@toStringTag" },
  "AsyncGenerator.prototype": { node22: "@@toStringTag next return throw" },
  "AsyncGeneratorFunction.prototype": { node22: "@@toStringTag" },
  "AsyncIteratorObject.prototype": { node22: "@@asyncIterator", node24: "@@asyncDispose" },
  BigInt: { node22: "asIntN asUintN" },
  "BigInt.prototype": { node22: "@@toStringTag toLocaleString toString valueOf" },
  BigInt64Array: { node22: "BYTES_PER_ELEMENT" },
  "BigInt64Array.prototype": { node22: "BYTES_PER_ELEMENT" },
  BigUint64Array: { node22: "BYTES_PER_ELEMENT" },
  "BigUint64Array.prototype": { node22: "BYTES_PER_ELEMENT" },
  "Boolean.prototype": { node22: "toString valueOf" },
  DOMException: {
    node22:
      "ABORT_ERR DATA_CLONE_ERR DOMSTRING_SIZE_ERR HIERARCHY_REQUEST_ERR INDEX_SIZE_ERR INUSE_ATTRIBUTE_ERR INVALID_ACCESS_ERR INVALID_CHARACTER_ERR INVALID_MODIFICATION_ERR INVALID_NODE_TYPE_ERR INVALID_STATE_ERR NAMESPACE_ERR NETWORK_ERR NOT_FOUND_ERR NOT_SUPPORTED_ERR NO_DATA_ALLOWED_ERR NO_MODIFICATION_ALLOWED_ERR QUOTA_EXCEEDED_ERR SECURITY_ERR SYNTAX_ERR TIMEOUT_ERR TYPE_MISMATCH_ERR URL_MISMATCH_ERR VALIDATION_ERR WRONG_DOCUMENT_ERR",
  },
  "DOMException.prototype": {
    node22:
      "@@toStringTag ABORT_ERR DATA_CLONE_ERR DOMSTRING_SIZE_ERR HIERARCHY_REQUEST_ERR INDEX_SIZE_ERR INUSE_ATTRIBUTE_ERR INVALID_ACCESS_ERR INVALID_CHARACTER_ERR INVALID_MODIFICATION_ERR INVALID_NODE_TYPE_ERR INVALID_STATE_ERR NAMESPACE_ERR NETWORK_ERR NOT_FOUND_ERR NOT_SUPPORTED_ERR NO_DATA_ALLOWED_ERR NO_MODIFICATION_ALLOWED_ERR QUOTA_EXCEEDED_ERR SECURITY_ERR SYNTAX_ERR TIMEOUT_ERR TYPE_MISMATCH_ERR URL_MISMATCH_ERR VALIDATION_ERR WRONG_DOCUMENT_ERR code message",
  },
  "DataView.prototype": {
    node22:
      "@@toStringTag buffer byteLength byteOffset getBigInt64 getBigUint64 getFloat32 getFloat64 getInt16 getInt32 getInt8 getUint16 getUint32 getUint8 setBigInt64 setBigUint64 setFloat32 setFloat64 setInt16 setInt32 setInt8 setUint16 setUint32 setUint8",
    node24: "getFloat16 setFloat16",
  },
  Date: { node22: "UTC now parse" },
  "Date.prototype": {
    node22:
      "@@toPrimitive getDate getDay getFullYear getHours getMilliseconds getMinutes getMonth getSeconds getTime getTimezoneOffset getUTCDate getUTCDay getUTCFullYear getUTCHours getUTCMilliseconds getUTCMinutes getUTCMonth getUTCSeconds getYear setDate setFullYear setHours setMilliseconds setMinutes setMonth setSeconds setTime setUTCDate setUTCFullYear setUTCHours setUTCMilliseconds setUTCMinutes setUTCMonth setUTCSeconds setYear toDateString toGMTString toISOString toJSON toLocaleDateString toLocaleString toLocaleTimeString toString toTimeString toUTCString valueOf",
    node26: "toTemporalInstant",
  },
  "DisposableStack.prototype": { node24: "@@dispose @@toStringTag adopt defer dispose disposed move use" },
  Error: { node22: "captureStackTrace prepareStackTrace stackTraceLimit", node24: "isError" },
  "Error()": { node22: "cause message stack" },
  "Error.prototype": { node22: "message toString" },
  "EvalError.prototype": { node22: "message" },
  "FinalizationRegistry.prototype": { node22: "@@toStringTag register unregister" },
  Float16Array: { node24: "BYTES_PER_ELEMENT" },
  "Float16Array.prototype": { node24: "BYTES_PER_ELEMENT" },
  Float32Array: { node22: "BYTES_PER_ELEMENT" },
  "Float32Array.prototype": { node22: "BYTES_PER_ELEMENT" },
  Float64Array: { node22: "BYTES_PER_ELEMENT" },
  "Float64Array.prototype": { node22: "BYTES_PER_ELEMENT" },
  "Function.prototype": { node22: "@@hasInstance apply arguments bind call caller toString" },
  "Generator.prototype": { node22: "@@toStringTag next return throw" },
  "GeneratorFunction.prototype": { node22: "@@toStringTag" },
  Int16Array: { node22: "BYTES_PER_ELEMENT" },
  "Int16Array.prototype": { node22: "BYTES_PER_ELEMENT" },
  Int32Array: { node22: "BYTES_PER_ELEMENT" },
  "Int32Array.prototype": { node22: "BYTES_PER_ELEMENT" },
  Int8Array: { node22: "BYTES_PER_ELEMENT" },
  "Int8Array.prototype": { node22: "BYTES_PER_ELEMENT" },
  Intl: {
    node22:
      "@@toStringTag Collator DateTimeFormat DisplayNames ListFormat Locale NumberFormat PluralRules RelativeTimeFormat Segmenter getCanonicalLocales supportedValuesOf v8BreakIterator",
    node24: "DurationFormat",
  },
  "Intl.Collator": { node22: "supportedLocalesOf" },
  "Intl.Collator.prototype": { node22: "@@toStringTag compare resolvedOptions" },
  "Intl.DateTimeFormat": { node22: "supportedLocalesOf" },
  "Intl.DateTimeFormat.prototype": {
    node22: "@@toStringTag format formatRange formatRangeToParts formatToParts resolvedOptions",
  },
  "Intl.DisplayNames": { node22: "supportedLocalesOf" },
  "Intl.DisplayNames.prototype": { node22: "@@toStringTag of resolvedOptions" },
  "Intl.DurationFormat": { node24: "supportedLocalesOf" },
  "Intl.DurationFormat.prototype": { node24: "@@toStringTag format formatToParts resolvedOptions" },
  "Intl.ListFormat": { node22: "supportedLocalesOf" },
  "Intl.ListFormat.prototype": { node22: "@@toStringTag format formatToParts resolvedOptions" },
  "Intl.Locale.prototype": {
    node22:
      "@@toStringTag baseName calendar calendars caseFirst collation collations hourCycle hourCycles language maximize minimize numberingSystem numberingSystems numeric region script textInfo timeZones toString weekInfo",
    node24:
      "firstDayOfWeek getCalendars getCollations getHourCycles getNumberingSystems getTextInfo getTimeZones getWeekInfo",
    "-node26": "calendars collations hourCycles numberingSystems textInfo timeZones weekInfo",
  },
  "Intl.NumberFormat": { node22: "supportedLocalesOf" },
  "Intl.NumberFormat.prototype": {
    node22: "@@toStringTag format formatRange formatRangeToParts formatToParts resolvedOptions",
  },
  "Intl.PluralRules": { node22: "supportedLocalesOf" },
  "Intl.PluralRules.prototype": { node22: "@@toStringTag resolvedOptions select selectRange" },
  "Intl.RelativeTimeFormat": { node22: "supportedLocalesOf" },
  "Intl.RelativeTimeFormat.prototype": { node22: "@@toStringTag format formatToParts resolvedOptions" },
  "Intl.SegmentIterator.prototype": { node22: "@@toStringTag next" },
  "Intl.Segmenter": { node22: "supportedLocalesOf" },
  "Intl.Segmenter.prototype": { node22: "@@toStringTag resolvedOptions segment" },
  "Intl.Segments.prototype": { node22: "@@iterator containing" },
  "Intl.v8BreakIterator": { node22: "supportedLocalesOf" },
  "Intl.v8BreakIterator.prototype": {
    node22: "@@toStringTag adoptText breakType current first next resolvedOptions",
  },
  Iterator: { node22: "from", node26: "concat" },
  "Iterator.prototype": {
    node22: "@@iterator @@toStringTag drop every filter find flatMap forEach map reduce some take toArray",
    node24: "@@dispose",
  },
  "IteratorHelper.prototype": { node22: "@@toStringTag next return" },
  JSON: { node22: "@@toStringTag isRawJSON parse rawJSON stringify" },
  Map: { node22: "@@species groupBy" },
  "Map.prototype": {
    node22: "@@iterator @@toStringTag clear delete entries forEach get has keys set size values",
    node26: "getOrInsert getOrInsertComputed",
  },
  "MapIterator.prototype": { node22: "@@toStringTag next" },
  Math: {
    node22:
      "@@toStringTag E LN10 LN2 LOG10E LOG2E PI SQRT1_2 SQRT2 abs acos acosh asin asinh atan atan2 atanh cbrt ceil clz32 cos cosh exp expm1 floor fround hypot imul log log10 log1p log2 max min pow random round sign sin sinh sqrt tan tanh trunc",
    node24: "f16round",
  },
  Number: {
    node22:
      "EPSILON MAX_SAFE_INTEGER MAX_VALUE MIN_SAFE_INTEGER MIN_VALUE NEGATIVE_INFINITY NaN POSITIVE_INFINITY isFinite isInteger isNaN isSafeInteger parseFloat parseInt",
  },
  "Number.prototype": { node22: "toExponential toFixed toLocaleString toPrecision toString valueOf" },
  Object: {
    node22:
      "assign create defineProperties defineProperty entries freeze fromEntries getOwnPropertyDescriptor getOwnPropertyDescriptors getOwnPropertyNames getOwnPropertySymbols getPrototypeOf groupBy hasOwn is isExtensible isFrozen isSealed keys preventExtensions seal setPrototypeOf values",
  },
  "Object.prototype": {
    node22:
      "__defineGetter__ __defineSetter__ __lookupGetter__ __lookupSetter__ __proto__ hasOwnProperty isPrototypeOf propertyIsEnumerable toLocaleString toString valueOf",
  },
  Promise: { node22: "@@species all allSettled any race reject resolve withResolvers", node24: "try" },
  "Promise.prototype": { node22: "@@toStringTag catch finally then" },
  Proxy: { node22: "revocable" },
  "RangeError.prototype": { node22: "message" },
  "ReferenceError.prototype": { node22: "message" },
  Reflect: {
    node22:
      "@@toStringTag apply construct defineProperty deleteProperty get getOwnPropertyDescriptor getPrototypeOf has isExtensible ownKeys preventExtensions set setPrototypeOf",
  },
  RegExp: {
    node22:
      "$& $' $+ $1 $2 $3 $4 $5 $6 $7 $8 $9 $_ $` @@species input lastMatch lastParen leftContext rightContext",
    node24: "escape",
  },
  "RegExp()": { node22: "lastIndex" },
  "RegExp.prototype": {
    node22:
      "@@match @@matchAll @@replace @@search @@split compile dotAll exec flags global hasIndices ignoreCase multiline source sticky test toString unicode unicodeSets",
  },
  "RegExpMatchArray()": { node22: "0 1 groups index indices input" },
  "RegExpStringIterator.prototype": { node22: "@@toStringTag next" },
  Set: { node22: "@@species" },
  "Set.prototype": {
    node22:
      "@@iterator @@toStringTag add clear delete difference entries forEach has intersection isDisjointFrom isSubsetOf isSupersetOf keys size symmetricDifference union values",
  },
  "SetIterator.prototype": { node22: "@@toStringTag next" },
  String: { node22: "fromCharCode fromCodePoint raw" },
  "String.prototype": {
    node22:
      "@@iterator anchor at big blink bold charAt charCodeAt codePointAt concat endsWith fixed fontcolor fontsize includes indexOf isWellFormed italics lastIndexOf link localeCompare match matchAll normalize padEnd padStart repeat replace replaceAll search slice small split startsWith strike sub substr substring sup toLocaleLowerCase toLocaleUpperCase toLowerCase toString toUpperCase toWellFormed trim trimEnd trimLeft trimRight trimStart valueOf",
  },
  "StringIterator.prototype": { node22: "@@toStringTag next" },
  "SuppressedError()": { node24: "error stack suppressed" },
  "SuppressedError.prototype": { node24: "message" },
  Symbol: {
    node22:
      "asyncIterator for hasInstance isConcatSpreadable iterator keyFor match matchAll replace search species split toPrimitive toStringTag unscopables",
    node24: "asyncDispose dispose",
  },
  "Symbol.prototype": { node22: "@@toPrimitive @@toStringTag description toString valueOf" },
  "SyntaxError.prototype": { node22: "message" },
  Temporal: {
    node26:
      "@@toStringTag Duration Instant Now PlainDate PlainDateTime PlainMonthDay PlainTime PlainYearMonth ZonedDateTime",
  },
  "Temporal.Duration": { node26: "compare from" },
  "Temporal.Duration.prototype": {
    node26:
      "@@toStringTag abs add blank days hours microseconds milliseconds minutes months nanoseconds negated round seconds sign subtract toJSON toLocaleString toString total valueOf weeks with years",
  },
  "Temporal.Instant": { node26: "compare from fromEpochMilliseconds fromEpochNanoseconds" },
  "Temporal.Instant.prototype": {
    node26:
      "@@toStringTag add epochMilliseconds epochNanoseconds equals round since subtract toJSON toLocaleString toString toZonedDateTimeISO until valueOf",
  },
  "Temporal.Now": {
    node26: "@@toStringTag instant plainDateISO plainDateTimeISO plainTimeISO timeZoneId zonedDateTimeISO",
  },
  "Temporal.PlainDate": { node26: "compare from" },
  "Temporal.PlainDate.prototype": {
    node26:
      "@@toStringTag add calendarId day dayOfWeek dayOfYear daysInMonth daysInWeek daysInYear equals era eraYear inLeapYear month monthCode monthsInYear since subtract toJSON toLocaleString toPlainDateTime toPlainMonthDay toPlainYearMonth toString toZonedDateTime until valueOf weekOfYear with withCalendar year yearOfWeek",
  },
  "Temporal.PlainDateTime": { node26: "compare from" },
  "Temporal.PlainDateTime.prototype": {
    node26:
      "@@toStringTag add calendarId day dayOfWeek dayOfYear daysInMonth daysInWeek daysInYear equals era eraYear hour inLeapYear microsecond millisecond minute month monthCode monthsInYear nanosecond round second since subtract toJSON toLocaleString toPlainDate toPlainTime toString toZonedDateTime until valueOf weekOfYear with withCalendar withPlainTime year yearOfWeek",
  },
  "Temporal.PlainMonthDay": { node26: "from" },
  "Temporal.PlainMonthDay.prototype": {
    node26:
      "@@toStringTag calendarId day equals monthCode toJSON toLocaleString toPlainDate toString valueOf with",
  },
  "Temporal.PlainTime": { node26: "compare from" },
  "Temporal.PlainTime.prototype": {
    node26:
      "@@toStringTag add equals hour microsecond millisecond minute nanosecond round second since subtract toJSON toLocaleString toString until valueOf with",
  },
  "Temporal.PlainYearMonth": { node26: "compare from" },
  "Temporal.PlainYearMonth.prototype": {
    node26:
      "@@toStringTag add calendarId daysInMonth daysInYear equals era eraYear inLeapYear month monthCode monthsInYear since subtract toJSON toLocaleString toPlainDate toString until valueOf with year",
  },
  "Temporal.ZonedDateTime": { node26: "compare from" },
  "Temporal.ZonedDateTime.prototype": {
    node26:
      "@@toStringTag add calendarId day dayOfWeek dayOfYear daysInMonth daysInWeek daysInYear epochMilliseconds epochNanoseconds equals era eraYear getTimeZoneTransition hour hoursInDay inLeapYear microsecond millisecond minute month monthCode monthsInYear nanosecond offset offsetNanoseconds round second since startOfDay subtract timeZoneId toInstant toJSON toLocaleString toPlainDate toPlainDateTime toPlainTime toString until valueOf weekOfYear with withCalendar withPlainTime withTimeZone year yearOfWeek",
  },
  "TextDecoder.prototype": { node22: "@@toStringTag decode encoding fatal ignoreBOM" },
  "TextEncoder.prototype": { node22: "@@toStringTag encode encodeInto encoding" },
  "TypeError.prototype": { node22: "message" },
  TypedArray: { node22: "@@species from of" },
  "TypedArray.prototype": {
    node22:
      "@@iterator @@toStringTag at buffer byteLength byteOffset copyWithin entries every fill filter find findIndex findLast findLastIndex forEach includes indexOf join keys lastIndexOf map reduce reduceRight reverse set slice some sort subarray toLocaleString toReversed toSorted toString values with",
  },
  "URIError.prototype": { node22: "message" },
  URL: { node22: "canParse parse" },
  "URL.prototype": {
    node22:
      "@@toStringTag hash host hostname href origin password pathname port protocol search searchParams toJSON toString username",
  },
  "URLSearchParams.prototype": {
    node22:
      "@@iterator @@toStringTag append delete entries forEach get getAll has keys set size sort toString values",
  },
  Uint16Array: { node22: "BYTES_PER_ELEMENT" },
  "Uint16Array.prototype": { node22: "BYTES_PER_ELEMENT" },
  Uint32Array: { node22: "BYTES_PER_ELEMENT" },
  "Uint32Array.prototype": { node22: "BYTES_PER_ELEMENT" },
  Uint8Array: { node22: "BYTES_PER_ELEMENT", node26: "fromBase64 fromHex" },
  "Uint8Array.prototype": { node22: "BYTES_PER_ELEMENT", node26: "setFromBase64 setFromHex toBase64 toHex" },
  Uint8ClampedArray: { node22: "BYTES_PER_ELEMENT" },
  "Uint8ClampedArray.prototype": { node22: "BYTES_PER_ELEMENT" },
  "WeakMap.prototype": {
    node22: "@@toStringTag delete get has set",
    node26: "getOrInsert getOrInsertComputed",
  },
  "WeakRef.prototype": { node22: "@@toStringTag deref" },
  "WeakSet.prototype": { node22: "@@toStringTag add delete has" },
  "WrappedIterator.prototype": { node22: "next return" },
  console: {
    node22:
      "assert count countReset debug dir dirxml error group groupCollapsed groupEnd info log table time timeEnd timeLog trace warn",
  },
  globalThis: {
    node22:
      "AggregateError Array ArrayBuffer BigInt BigInt64Array BigUint64Array Boolean DOMException DataView Date Error EvalError FinalizationRegistry Float32Array Float64Array Function Infinity Int16Array Int32Array Int8Array Intl Iterator JSON Map Math NaN Number Object Promise Proxy RangeError ReferenceError Reflect RegExp Set String Symbol SyntaxError TextDecoder TextEncoder TypeError URIError URL URLSearchParams Uint16Array Uint32Array Uint8Array Uint8ClampedArray WeakMap WeakRef WeakSet atob btoa console decodeURI decodeURIComponent encodeURI encodeURIComponent escape eval globalThis isFinite isNaN parseFloat parseInt queueMicrotask structuredClone undefined unescape",
    node24: "AsyncDisposableStack DisposableStack Float16Array SuppressedError",
    node26: "Temporal",
  },
};
