/**
 * Projects errors on what is declared of them: class, name, message and cause, the errors of an aggregate, and the own properties of its type.
 * Errors inside of it declare nothing more than errors do.
 */
import type { ErrorName } from "../../model/shape.ts";
import { isError } from "../brand.ts";
import { foreign } from "./foreign.ts";
import { untypedError, type Plan, type Writer } from "./writer.ts";

/** What every error has, beside which its type may declare more. `stack` is for the codec, which never sends it. */
const standard: ReadonlySet<string> = new Set(["name", "message", "cause", "errors", "stack"]);

export function errorPlan(id: number, name: ErrorName, declared: ReadonlyMap<string, Plan>): Plan {
  return (value, depth, to) => {
    if (!isError(value, name)) foreign(value, depth, to);
    else putError(value, depth, to, id, declared);
  };
}

function putError(
  value: Error,
  depth: number,
  to: Writer,
  id: number,
  declared: ReadonlyMap<string, Plan>,
): void {
  if (to.meets(value, id, depth)) return;
  const isDeclared = (key: string): boolean =>
    declared.has(key) && !standard.has(key) && Object.prototype.propertyIsEnumerable.call(value, key);
  const isLeft = (key: string): boolean => !standard.has(key) && !isDeclared(key);
  // A code may be its class's.
  if (Object.getOwnPropertyNames(value).some(isLeft) || (isLeft("code") && "code" in value))
    to.notes.drops = true;
  const view = to.realm.readError(value, isDeclared);
  const plans = view.keys.map((key) => declared.get(key)!);
  to.putError(view, depth, inside, plans);
}

/** A cause may be anything, as `unknown` may; when it is an error, it is no more than that. */
const inside: Plan = (value, depth, to) => {
  if (isError(value, "Error")) putError(value, depth, to, untypedError, nothing);
  else if (to.steps[depth - 1] !== "errors") to.putObject(value, depth);
  else if (!Array.isArray(value)) foreign(value, depth, to);
  else if (!to.meets(value, untypedError, depth)) to.putArray(value, depth, inside, undefined, () => null);
};

const nothing: ReadonlyMap<string, Plan> = new Map();
