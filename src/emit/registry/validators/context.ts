/**
 * Declares what the code of a validator is written with: its surroundings, and the test of a part. Keeps out how each kind of type
 * is checked.
 */
import type { Type } from "../../../validation/types.ts";
import type { Constants } from "./constants.ts";
import type { Plan } from "./plan.ts";
import { simpleTest, type Test } from "./test.ts";

/** What code is being written into. */
export interface Context {
  readonly plan: Plan;
  readonly constants: Constants;
  /** The depth to hand to a function that counts it: a variable, or a number at the top. */
  readonly depth: { readonly same: string; readonly next: string };
}

export type Lines = readonly string[];

export function indented(lines: Lines): Lines {
  return lines.map((line) => (line === "" ? "" : `  ${line}`));
}

/** The test of a part: an expression or a call. */
export function testOf(type: Type, operand: string, context: Context): Test {
  const simple = simpleTest(context.plan.types, type, operand);
  if (simple !== null) return simple;
  const planned = context.plan.functions.get(type);
  if (planned === undefined) throw new Error(`A type without a planned validator: ${type.id}`);
  const depth = planned.isRecursive ? context.depth.next : context.depth.same;
  const call = `${planned.name}(${operand}${planned.takesDepth ? `, ${depth}` : ""})`;
  return { yes: call, no: `!${call}` };
}

/** True when no value fits. */
export function isNever(type: Type, context: Context): boolean {
  return testOf(type, "v", context).no === "true";
}

/** `if (…) return false;`, or nothing when every value fits. */
export function refuseUnless(type: Type, operand: string, context: Context): Lines {
  const { no } = testOf(type, operand, context);
  return no === "false" ? [] : no === "true" ? ["return false;"] : [`if (${no}) return false;`];
}

/** The check of an element or argument once it has been read into a variable; an optional one may be `undefined`. */
export function valueLines(read: string, value: string, no: string, isOptional: boolean): Lines {
  if (!isOptional) return [read, `if (${no}) return false;`];
  if (no === "true") return [read, `if (${value} !== undefined) return false;`];
  return [read, `if (${value} !== undefined) {`, `  if (${no}) return false;`, "}"];
}

/** Whether an explicit `undefined` fits a type. */
export function takesUndefined(type: Type, { plan }: Context): boolean {
  const seen = new Set<Type>();
  const takes = (part: Type): boolean => {
    if (seen.has(part)) return false;
    seen.add(part);
    const core = plan.types.core(part);
    if (core.kind === "anything") return true;
    if (core.kind === "union") return core.members.some(takes);
    return core.kind === "primitive" && core.name === "undefined";
  };
  return takes(type);
}
