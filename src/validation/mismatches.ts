/**
 * Collects what is wrong with a value where several things are: of the properties of an object and of the elements of an array each is looked at by
 * itself. For values of the host, whose author mends them all at once.
 */
import { match } from "./match.ts";
import { inside, missing, type Mismatch } from "./mismatch.ts";
import { isPlainObject } from "./brand.ts";
import { propertyStep } from "./step.ts";
import type { Type } from "./types.ts";
import type { Walk } from "./walk.ts";

/** So many parts inside of one another are looked at one by one. */
const maxDepth = 8;

/** At most `most`, in the order of the type; empty for a value that matches. */
export function mismatches(
  walk: Walk,
  type: Type,
  value: unknown,
  most: number,
  depth = 0,
): readonly Mismatch[] {
  const whole = match(walk, type, value);
  if (whole === null) return [];
  const found: Mismatch[] = [];
  for (const { step, type: inner, value: part, isMissing } of depth < maxDepth
    ? parts(walk, type, value)
    : []) {
    if (found.length === most) break;
    if (isMissing) found.push(missing(step, inner));
    else
      for (const one of mismatches(walk, inner, part, most - found.length, depth + 1))
        found.push(inside(step, one));
  }
  return found.length > 0 ? found : [whole];
}

interface Part {
  readonly step: string;
  readonly type: Type;
  readonly value: unknown;
  readonly isMissing: boolean;
}

/** Those that have a type of their own, whatever the others are. */
function parts(walk: Walk, type: Type, value: unknown): readonly Part[] {
  const core = walk.types.core(type);
  if (core.kind === "array" && Array.isArray(value)) {
    return Array.from(value, (part: unknown, at) => ({
      step: `[${at}]`,
      type: core.element,
      value: part,
      isMissing: !(at in value),
    }));
  }
  if (core.kind !== "object" || !isPlainObject(value)) return [];
  return core.properties.flatMap(({ name, type: inner, optional }) => {
    const isMissing = !Object.hasOwn(value, name);
    if (isMissing && optional) return [];
    const part: unknown = (value as Readonly<Record<string, unknown>>)[name];
    return [{ step: propertyStep(name), type: inner, value: part, isMissing }];
  });
}
