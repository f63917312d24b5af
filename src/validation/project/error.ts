/**
 * Projects errors on what is declared of them: class, name, message and cause, the errors of an aggregate, and the own properties of its type.
 * Errors inside of it declare nothing more than errors do.
 */
import type { ErrorName } from "../../model/shape.ts";
import { isError } from "../brand.ts";
import { emptyError } from "./empty-error.ts";
import { foreign } from "./foreign.ts";
import { part, type Plan, type State } from "./state.ts";

/** What every error has, beside which its type may declare more. `stack` is for the codec, which never sends it. */
const standard: ReadonlySet<string> = new Set(["name", "message", "cause", "errors", "stack"]);

export function errorPlan(id: number, name: ErrorName, declared: ReadonlyMap<string, Plan>): Plan {
  const own = Array.from(declared).filter(([key]) => !standard.has(key));
  return (state, value) => {
    const known = state.known(id, value);
    if (known !== undefined) return known;
    return isError(value, name) ? copyOf(state, value, id, own) : foreign(state, value);
  };
}

/** Errors of no known type, in a cause or an aggregate, share a plan with this number; those of types count from 1. */
const untyped = 0;

function copyOf(state: State, value: Error, id: number, own: readonly [string, Plan][]): unknown {
  state.take(1);
  state.enter();
  const made = emptyError(value);
  state.keep(id, value, made);
  const { message, name } = value;
  if (message !== "" || Object.hasOwn(value, "message")) define(made, "message", message, false);
  if (name !== made.name) define(made, "name", name, false);
  if (Object.hasOwn(value, "cause")) define(made, "cause", inside(state, value.cause), false);
  if (made instanceof AggregateError && Object.hasOwn(value, "errors")) {
    define(made, "errors", errorsOf(state, (value as AggregateError).errors), false);
  }
  const names = Object.getOwnPropertyNames(value);
  if (!names.every((key) => standard.has(key) || own.some(([name]) => name === key))) state.drops = true;
  for (const [key, plan] of own) {
    if (!Object.prototype.propertyIsEnumerable.call(value, key)) continue;
    state.take(1);
    define(made, key, part(state, plan, (value as unknown as Record<string, unknown>)[key]), true);
  }
  state.leave();
  return made;
}

function errorsOf(state: State, errors: unknown): unknown {
  if (!Array.isArray(errors)) return part(state, foreign, errors);
  state.take(errors.length);
  return Array.from(errors, (error) => inside(state, error));
}

/** A cause may be anything, as `unknown` may; when it is an error, it is no more than that. */
function inside(state: State, value: unknown): unknown {
  if (!isError(value, "Error")) return value;
  return state.known(untyped, value) ?? copyOf(state, value, untyped, []);
}

function define(made: Error, key: string, value: unknown, enumerable: boolean): void {
  Object.defineProperty(made, key, { value, writable: true, enumerable, configurable: true });
}
