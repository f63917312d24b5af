/**
 * Values of built-in classes: small, and the same in every time zone. An engine may lack a class (`Float16Array` before Node 24, `Temporal`
 * before Node 26); then there is no value.
 */
import { isTemporalName, type BuiltinName, type TypedArrayName } from "../../model/shape.ts";
import type { Random } from "./random.ts";

const texts: Readonly<Record<Extract<BuiltinName, `Temporal.${string}`>, (day: string) => string>> = {
  "Temporal.Instant": (day) => `2026-01-${day}T12:00:00Z`,
  "Temporal.ZonedDateTime": (day) => `2026-01-${day}T12:00:00+00:00[UTC]`,
  "Temporal.PlainDate": (day) => `2026-01-${day}`,
  "Temporal.PlainTime": (day) => `12:${day}:00`,
  "Temporal.PlainDateTime": (day) => `2026-01-${day}T12:00:00`,
  "Temporal.PlainYearMonth": () => "2026-01",
  "Temporal.PlainMonthDay": (day) => `01-${day}`,
  "Temporal.Duration": (day) => `PT${Number(day)}M`,
};

/** True when this engine has the class. */
export function hasBuiltin(name: BuiltinName): boolean {
  return classOf(name) !== undefined;
}

/** A value of a class that the engine has. */
export function builtinValue(name: BuiltinName, random: Random): object {
  const number = random.whole(1, 28);
  if (isTemporalName(name)) {
    const Class = classOf(name) as { from(text: string): object };
    return Class.from(texts[name](String(number).padStart(2, "0")));
  }
  switch (name) {
    case "Date":
      return new Date(Date.UTC(2026, 0, number));
    case "RegExp":
      return /^a+$/u;
    case "ArrayBuffer":
      return new Uint8Array([number, number + 1]).buffer;
    case "DataView":
      return new DataView(new Uint8Array([number, number + 1]).buffer);
    case "BigInt64Array":
    case "BigUint64Array":
      return new globalThis[name]([BigInt(number), BigInt(number + 1)]);
    default: {
      name satisfies TypedArrayName;
      const Class = classOf(name) as new (elements: readonly number[]) => object;
      return new Class([number, number + 1]);
    }
  }
}

function classOf(name: BuiltinName): unknown {
  return name
    .split(".")
    .reduce<unknown>((at, key) => (at as Readonly<Record<string, unknown>> | undefined)?.[key], globalThis);
}
