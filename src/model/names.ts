/**
 * Says which keys may stand in a binding tree, and why the others may not. Pure; the one list of reserved names, read by the
 * rules of the generator and again when a registry is constructed at run time.
 *
 * Three answers, from hard to soft: a name that is no identifier, a name that changes what the tree means, a name that
 * scripts cannot destructure.
 */

/** Nearly all names. They are equal to all their forms, and Unicode's tables stay out of memory. */
const plain = /^[A-Za-z$_][\w$]*$/;

/** Unicode escapes in a source are resolved by the reader; this sees the name itself. */
const grammar = /^[$_\p{ID_Start}][$\u200c\u200d\p{ID_Continue}]*$/u;

/** Characters that are drawn as nothing: joiners, variation selectors, Hangul fillers, tags. */
const invisible = /\p{Default_Ignorable_Code_Point}/gu;

/**
 * A joiner between letters of a script whose spelling needs it (Persian, Hindi, Sinhala, …). The grammar allows
 * joiners anywhere; between two Latin letters one is only ever a disguise.
 */
const spelledJoiner =
  /(?<=[\p{Script=Arabic}\p{Script=Syriac}\p{Script=Mongolian}\p{Script=Devanagari}\p{Script=Bengali}\p{Script=Gurmukhi}\p{Script=Gujarati}\p{Script=Oriya}\p{Script=Tamil}\p{Script=Telugu}\p{Script=Kannada}\p{Script=Malayalam}\p{Script=Sinhala}\p{Script=Myanmar}\p{Script=Khmer}])[\u200c\u200d](?=[\p{L}\p{M}])/gu;

/**
 * True when `name` is an IdentifierName of the ECMAScript grammar, written in Unicode's form NFC.
 *
 * @example
 * isIdentifier("größe"); // true
 * isIdentifier("my-leaf"); // false
 */
export function isIdentifier(name: string): boolean {
  return plain.test(name) || (grammar.test(name) && name === name.normalize("NFC"));
}

/**
 * Why `name` cannot be a key at all, as words that finish "… cannot be a binding, because …"; `null` when it can.
 *
 * @example
 * invalidReason("my-leaf"); // "`my-leaf` is not an identifier"
 */
export function invalidReason(name: string): string | null {
  if (plain.test(name)) return null;
  if (name === "") return "an empty key is not an identifier";
  if (!grammar.test(name)) return `\`${visible(name)}\` is not an identifier`;
  const hidden = name.replace(spelledJoiner, "").match(invisible)?.[0];
  if (hidden !== undefined) {
    return `\`${visible(name)}\` holds an invisible character (${codePoint(hidden)}), so two different names would look the same`;
  }
  if (name !== name.normalize("NFC")) {
    return `\`${name}\` is not in Unicode's composed form (NFC), so it would not equal the same name typed on another keyboard`;
  }
  return null;
}

/**
 * The key by which two names are one name to a reader: NFKC, without invisible characters. `ｆetch` and `fetch` have
 * the same key.
 */
export function normalizedKey(name: string): string {
  return plain.test(name) ? name : name.replace(invisible, "").normalize("NFKC");
}

/**
 * Why `name` would change what the tree means, as words that finish "… cannot be a binding, because …"; `null` when it
 * would not. Look-alikes of a reserved name are reserved too.
 *
 * @example
 * reservedReason("then"); // "`await` treats a namespace with `then` as a promise"
 * reservedReason("query"); // null
 */
export function reservedReason(name: string): string | null {
  const key = normalizedKey(name);
  const reason = reserved.get(key);
  if (reason !== undefined) return key === name ? reason : `it looks like \`${key}\`, and ${reason}`;
  return key.startsWith("_") ? "names with a leading `_` are reserved for isobind" : null;
}

const promise = "a namespace that has it is taken for a promise";
const object = "scripts expect there what every object has";

/** Name -> reason. A name belongs here when code that knows nothing of bindings reads it from any object. */
const reserved: ReadonlyMap<string, string> = new Map([
  ["then", "`await` treats a namespace with `then` as a promise"],
  ["catch", promise],
  ["finally", promise],
  ["constructor", "it reaches the class of an object, and through it the `Function` constructor"],
  ["prototype", "it names the object that a class hands down"],
  ["__proto__", "it sets the prototype of an object instead of a property"],
  ["__defineGetter__", object],
  ["__defineSetter__", object],
  ["__lookupGetter__", object],
  ["__lookupSetter__", object],
  ["toString", "turning a namespace into text would call it"],
  ["toLocaleString", "turning a namespace into text would call it"],
  ["valueOf", "arithmetic and comparison would call it"],
  ["toJSON", "`JSON.stringify` would call it"],
  ["hasOwnProperty", object],
  ["isPrototypeOf", object],
  ["propertyIsEnumerable", object],
]);

/** Every reserved name, sorted; for documentation and tests. */
export const reservedNames: readonly string[] = [...reserved.keys()].sort();

/**
 * True for words that may name a member (`db.delete()`) but not a variable (`const { delete } = db`), in the strict
 * mode of modules.
 */
export function isKeyword(name: string): boolean {
  return keywords.has(name);
}

const keywords: ReadonlySet<string> = new Set(
  (
    "arguments await break case catch class const continue debugger default delete do else enum eval export extends " +
    "false finally for function if implements import in instanceof interface let new null package private protected " +
    "public return static super switch this throw true try typeof var void while with yield"
  ).split(" "),
);

/** Every keyword, sorted; for documentation and tests. */
export const keywordNames: readonly string[] = [...keywords].sort();

/**
 * A legal name close to an illegal one, for a help text.
 *
 * @example
 * suggestName("my-leaf"); // "myLeaf"
 * suggestName("then"); // "next"
 */
export function suggestName(name: string): string {
  const words = normalizedKey(name)
    .split(/[^\p{ID_Continue}$]+|^_+/u)
    .filter((word) => word !== "");
  const joined = words.map((word, at) => (at === 0 ? word : capitalize(word))).join("");
  const stem = grammar.test(joined) ? joined : joined === "" ? "renamed" : `n${joined}`;
  const free = replacements.get(stem) ?? stem;
  return invalidReason(free) === null && reservedReason(free) === null && !isKeyword(free)
    ? free
    : `run${capitalize(normalizedKey(free).replace(/^_+/u, "") || "leaf")}`;
}

const replacements: ReadonlyMap<string, string> = new Map([
  ["then", "next"],
  ["catch", "onError"],
  ["finally", "atEnd"],
  ["constructor", "create"],
  ["prototype", "template"],
  ["proto__", "parent"],
  ["toString", "format"],
  ["toLocaleString", "format"],
  ["valueOf", "value"],
  ["toJSON", "asJson"],
  ["hasOwnProperty", "has"],
  ["delete", "remove"],
  ["default", "standard"],
  ["class", "kind"],
  ["import", "load"],
  ["export", "save"],
  ["new", "create"],
  ["function", "call"],
  ["eval", "evaluate"],
]);

/**
 * Text with every invisible, direction-changing or control character shown as `\u{…}`: what a message may print.
 */
export function visible(text: string): string {
  if (/^[ -~]*$/.test(text)) return text;
  return text.replace(/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}\p{Cs}\p{Default_Ignorable_Code_Point}]/gu, (character) => {
    return `\\u{${(character.codePointAt(0) ?? 0).toString(16)}}`;
  });
}

/**
 * A path as a script would write it. `["db", "my-leaf"]` is shown as `db["my-leaf"]`.
 */
export function dottedName(path: readonly string[]): string {
  return path.reduce((text, name) => {
    if (text === "") return visible(name);
    const isWord = plain.test(name) || grammar.test(name);
    return isWord ? `${text}.${visible(name)}` : `${text}[${visible(JSON.stringify(name))}]`;
  }, "");
}

function codePoint(character: string): string {
  return `U+${(character.codePointAt(0) ?? 0).toString(16).toUpperCase().padStart(4, "0")}`;
}

function capitalize(word: string): string {
  const first = String.fromCodePoint(word.codePointAt(0) ?? 0);
  return first.toUpperCase() + word.slice(first.length);
}
