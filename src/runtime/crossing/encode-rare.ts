/**
 * Encodes every kind of value that few payloads have. Self-contained: part of the prelude.
 */
import type { BytesPart } from "./encode-bytes.ts";
import type { NamesPart } from "./encode-names.ts";
import type { Plan, RareKind, Walk } from "./encode-walk.ts";
import type { ErrorView } from "./kind.ts";
import type { AnyView } from "./built-ins.ts";

export type RarePart = ReturnType<typeof makeRare>;

export function makeRare(walk: Walk, { chargeLong }: NamesPart, bytes: () => BytesPart) {
  const { p, format, realm, measure, steps, put, putText, putDouble, putValue, putMembers, charge } = walk;
  const { putObject, afford, notClonable } = walk;
  const { tag, rare, errorPart, price } = format;
  const hugeBigint = 1n << 65536n;
  const bits64 = new p.BigInt64Array(1);
  const halves = new p.Int32Array(p.typedArrayBuffer(bits64));
  let regexpCost = 0;

  function putRare(value: object, kind: RareKind, depth: number, key: Plan, entry: Plan): void {
    if (typeof kind === "object") return notClonable(kind.refused, depth);
    switch (kind) {
      case "view":
        return bytes().putView(value as AnyView, depth);
      case "buffer":
        return bytes().putBuffer(value as ArrayBuffer, depth);
      case "map":
        return putCollection(value, true, depth, key, entry);
      case "set":
        return putCollection(value, false, depth, key, key);
      case "error":
        return putError(realm.readError(value), depth, putObject);
      case "regexp":
        return putRegexp(value, depth);
      case "temporal":
        return putTemporal(value, depth);
      case "date":
        charge(price.date, depth);
        putTag(rare.date);
        return putDouble(p.dateValue(value));
      case "number":
      case "string":
      case "boolean":
      case "bigint":
        charge(price.object, depth);
        putTag(rare.boxed);
        return putValue(p.unbox[kind](value), depth, putObject);
    }
  }

  function putTag(which: number): void {
    put((which << 4) | tag.rare);
  }

  function putBigint(value: bigint, depth: number): void {
    const size = value < 0n ? -value : value;
    if (size >= hugeBigint) notClonable("a bigint of more than 65536 bits", depth);
    bits64[0] = value;
    if (bits64[0] === value) {
      charge(price.bigint, depth);
      putTag(rare.bigint64);
      put(halves[0] as number);
      return put(halves[1] as number);
    }
    // Digits of 16 cost as much as there are of them; those of 10 their square.
    const digits = p.bigintToString(size, 16);
    charge(price.bigint + digits.length, depth);
    putTag(value < 0n ? rare.negativeBigint : rare.bigint);
    putText(digits);
  }

  /** Entries are listed first, since an accessor inside a value may change the collection while it is being sent. */
  function putCollection(value: object, isMap: boolean, depth: number, key: Plan, entry: Plan): void {
    const size = isMap ? p.mapSize(value) : p.setSize(value);
    const parts = isMap ? 2 : 1;
    charge(price.collection + size * price.entry, depth);
    afford(size * parts * price.value, depth);
    const list = p.entriesOf(value, isMap);
    const count = list.length / parts;
    put((count << 4) | (isMap ? tag.map : tag.set));
    for (let i = 0; i < count; i++) {
      const first = list[i * parts];
      steps[depth] = `<${isMap ? "key" : "member"} ${i}>`;
      if (typeof first === "string") chargeLong(first, depth + 1);
      putValue(first, depth + 1, key);
      if (isMap) putPart(list[i * parts + 1], `<value ${i}>`, depth, entry);
    }
  }

  function putPart(value: unknown, step: string, depth: number, plan: Plan): void {
    steps[depth] = step;
    putValue(value, depth + 1, plan);
  }

  function putRegexp(value: object, depth: number): void {
    const source = p.regexpSource(value);
    charge(price.regexp + source.length, depth);
    regexpCost += measure.regexpCost(source);
    if (regexpCost > format.maxRegexpCost)
      notClonable("more than 4096 characters of regular expressions (`\\p{…}` counts more)", depth);
    let flags = 0;
    for (let i = 0; i < 8; i++) {
      const has = p.regexpFlags[i];
      if (has !== undefined && has(value)) flags |= 1 << i;
    }
    putTag(rare.regexp);
    put(flags);
    putText(source);
  }

  function putTemporal(value: object, depth: number): void {
    for (let i = 0; i < format.temporal.length; i++) {
      const iso = p.temporalText(format.temporal[i] as string, value);
      if (iso === undefined) continue;
      charge(price.temporal + iso.length, depth);
      putTag(rare.temporal);
      put(i);
      return putText(iso);
    }
    return notClonable("a value of Temporal that is none", depth);
  }

  function putError(view: ErrorView, depth: number, inside: Plan, plans?: readonly Plan[]): void {
    const { message, code } = view;
    charge(price.error, depth);
    let number = 0;
    for (let i = 0; i < format.errors.length; i++) if (format.errors[i] === view.class) number = i;
    const name = view.name === view.class ? undefined : view.name;
    const hasData = view.keys.length > 0;
    const parts =
      (message === undefined ? 0 : errorPart.message) |
      (name === undefined ? 0 : errorPart.name) |
      (code === undefined ? 0 : errorPart.code) |
      (view.hasCause ? errorPart.cause : 0) |
      (view.hasErrors ? errorPart.errors : 0) |
      (hasData ? errorPart.data : 0);
    put(((number | parts) << 4) | tag.error);
    putErrorText(message, depth);
    putErrorText(name, depth);
    putErrorText(code, depth);
    if (view.hasCause) putPart(view.cause, "cause", depth, inside);
    if (view.hasErrors) putPart(view.errors, "errors", depth, inside);
    if (hasData) putMembers(view.data, view.keys, depth, plans);
  }

  function putErrorText(value: string | undefined, depth: number): void {
    if (value === undefined) return;
    charge(value.length, depth);
    putText(value);
  }

  function release(): void {
    regexpCost = 0;
  }

  return { putBigint, putRare, putError, release };
}
