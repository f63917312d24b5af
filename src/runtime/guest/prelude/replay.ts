/**
 * Makes what a script could see of time, chance and memory repeatable: every look at the clock is asked for, chance follows from a seed, and what a
 * `WeakRef` holds stays. Self-contained: its text is run in an isolate of a run with a journal, before the script, and gets all it uses.
 */
import type { Primordials } from "../../crossing/primordials.ts";

export type PrepareReplay = typeof prepareReplay;

/**
 * Makes everything that is to stand in the place of what there is. Nothing can be seen of it until the function that it gives puts it there, which is all that a
 * run waits for: so it is made ready here as far as it can be.
 */
export function prepareReplay(p: Primordials, look: () => number): (seed: string) => void {
  type Method = (this: unknown, ...args: readonly unknown[]) => unknown;
  type Members = { [key: PropertyKey]: unknown };

  /** What is put in its place when a script is to run: of which object, under which name. */
  const places: [object: object, key: string, property: PropertyDescriptor][] = [];
  const putProperty = (object: unknown, key: string, property: PropertyDescriptor): void => {
    places[places.length] = [object as object, key, property];
  };
  const put = (object: unknown, key: string, value: unknown): void =>
    putProperty(object, key, {
      __proto__: null,
      value,
      writable: true,
      enumerable: false,
      configurable: true,
    } as PropertyDescriptor);

  // --- chance: sfc32 of four words ---

  let a = 0;
  let b = 0;
  let c = 0;
  let d = 0;
  function word(): number {
    const sum = (((a + b) | 0) + d) | 0;
    d = (d + 1) | 0;
    a = b ^ (b >>> 9);
    b = (c + (c << 3)) | 0;
    c = ((c << 21) | (c >>> 11)) + sum;
    c |= 0;
    return sum >>> 0;
  }
  function sow(seed: string): void {
    a = parseInt(seed.slice(0, 8), 16) | 0;
    b = parseInt(seed.slice(8, 16), 16) | 0;
    c = parseInt(seed.slice(16, 24), 16) | 0;
    d = parseInt(seed.slice(24, 32), 16) | 0;
    for (let i = 0; i < 12; i++) word();
  }
  const chance = {
    random(): number {
      const high = word() >>> 5;
      return (high * 0x4000000 + (word() >>> 6)) / 0x20000000000000;
    },
  };
  put(Math, "random", p.native(chance.random, "random"));

  // --- Date ---

  const Real = p.Date;
  const { toString } = p.datePrototype as { toString: Method };
  const clock = function Date(...args: readonly unknown[]): unknown {
    if (new.target === undefined) return p.apply(toString as never, p.construct(Real as never, [look()]), []);
    return p.construct(Real as never, args.length === 0 ? [look()] : args, new.target as never);
  };
  const shown = p.native(clock, "Date");
  p.fix(clock, "prototype", p.datePrototype);
  p.fix(shown, "prototype", p.datePrototype);
  p.fix(shown, "length", 7);
  const now = {
    now(): number {
      return look();
    },
  };
  p.define(shown, "now", p.native(now.now, "now"), false);
  p.define(shown, "parse", Real.parse, false);
  p.define(shown, "UTC", Real.UTC, false);
  put(p.datePrototype, "constructor", shown);
  put(p.globalObject, "Date", shown);

  // --- Intl: a date that is not given is now ---

  const Intl = (p.globalObject as unknown as { Intl?: { DateTimeFormat?: { prototype: Members } } }).Intl;
  const formats = Intl?.DateTimeFormat?.prototype;
  if (formats !== undefined) {
    const given = (date: unknown): unknown => (date === undefined ? look() : date);
    const { get: getFormat } = p.getOwnPropertyDescriptor(formats, "format") as { get: Method };
    const made = new WeakMap<object, unknown>();
    const { get, set } = WeakMap.prototype as { get: Method; set: Method };
    const format = {
      format(this: unknown): unknown {
        const real = p.apply(getFormat as never, this, []) as object;
        const known = p.apply(get as never, made, [real]);
        if (known !== undefined) return known;
        const own = p.native(
          (date?: unknown): unknown => p.apply(real as never, undefined, [given(date)]),
          "",
        );
        p.apply(set as never, made, [real, own]);
        return own;
      },
      formatToParts(this: unknown, date?: unknown): unknown {
        return p.apply(toParts as never, this, [given(date)]);
      },
    };
    const toParts = formats["formatToParts"] as Method;
    putProperty(formats, "format", {
      __proto__: null,
      get: format.format,
      set: undefined,
      enumerable: false,
      configurable: true,
    } as unknown as PropertyDescriptor);
    put(formats, "formatToParts", format.formatToParts);
  }

  // --- Temporal, where the engine has it ---

  const Temporal = (p.globalObject as { Temporal?: { Now: Members; Instant: Members } }).Temporal;
  if (Temporal !== undefined) {
    const { Now, Instant } = Temporal;
    const from = Instant["fromEpochMilliseconds"] as Method;
    const { toZonedDateTimeISO } = Instant["prototype"] as { toZonedDateTimeISO: Method };
    const { timeZoneId } = Now as { timeZoneId: Method };
    const zoned = p.apply(toZonedDateTimeISO as never, p.apply(from as never, Instant, [0]), [
      "UTC",
    ]) as object;
    const { toPlainDateTime, toPlainDate, toPlainTime } = p.getPrototypeOf(zoned) as {
      [name: string]: Method;
    };
    const instant = (): unknown => p.apply(from as never, Instant, [look()]);
    const here = (zone: unknown): unknown => {
      const named = zone === undefined ? p.apply(timeZoneId as never, Now, []) : zone;
      return p.apply(toZonedDateTimeISO as never, instant(), [named]);
    };
    const ways = {
      instant,
      zonedDateTimeISO: here,
      plainDateTimeISO: (zone: unknown): unknown => p.apply(toPlainDateTime as never, here(zone), []),
      plainDateISO: (zone: unknown): unknown => p.apply(toPlainDate as never, here(zone), []),
      plainTimeISO: (zone: unknown): unknown => p.apply(toPlainTime as never, here(zone), []),
    };
    put(Now, "instant", p.native(ways.instant, "instant"));
    put(Now, "zonedDateTimeISO", p.native(ways.zonedDateTimeISO, "zonedDateTimeISO"));
    put(Now, "plainDateTimeISO", p.native(ways.plainDateTimeISO, "plainDateTimeISO"));
    put(Now, "plainDateISO", p.native(ways.plainDateISO, "plainDateISO"));
    put(Now, "plainTimeISO", p.native(ways.plainTimeISO, "plainTimeISO"));
  }

  // --- memory: what is collected, and when, is nothing that could be repeated ---

  const RealRef = WeakRef;
  const kept = new WeakMap<object, unknown>();
  const { set: keep } = WeakMap.prototype as { set: Method };
  const strong = function WeakRef(target?: unknown): unknown {
    if (new.target === undefined) throw new p.TypeError("Constructor WeakRef requires 'new'");
    const ref = p.construct(RealRef as never, [target], new.target as never) as object;
    p.apply(keep as never, kept, [ref, target]);
    return ref;
  };
  const Strong = p.native(strong, "WeakRef");
  p.fix(strong, "prototype", RealRef.prototype);
  p.fix(Strong, "prototype", RealRef.prototype);
  put(RealRef.prototype, "constructor", Strong);
  put(p.globalObject, "WeakRef", Strong);

  function install(count: number, seed: string): void {
    sow(seed);
    for (let i = 0; i < count; i++) {
      const place = places[i]!;
      p.defineProperty(place[0], place[1], place[2]);
    }
  }
  // Compiles it: a function is compiled when it is first called, and that takes longer than all it does.
  install(0, "");
  return (seed) => install(places.length, seed);
}
