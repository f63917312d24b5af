/**
 * Which call a script has ended with that never left its isolate: of a binding that is not there, of one outside its profile, with an argument that cannot
 * cross. The host hears of no such call, so this is known of the last one alone, from the error of the run.
 */
import type { Registry } from "../../model/registry.ts";
import type { RunError } from "../../runtime/index.ts";
import type { RefusedCall } from "./recorder.ts";

export function callNotSent(error: RunError, registry: Registry): RefusedCall | null {
  const name = nameIn(error, registry);
  if (name === null) return null;
  return { name, args: null, code: error.code ?? error.name, message: error.message };
}

function nameIn({ name, code, message }: RunError, { leaves, excluded = [] }: Registry): string | null {
  switch (code) {
    case "ERR_BINDING_PROFILE":
      return excluded.find((leaf) => leaf.message === message)?.path.join(".") ?? null;
    case "ERR_BINDING_NOT_CLONABLE":
    case "ERR_SANDBOX_PAYLOAD_TOO_LARGE":
      // `db.query, argument 2, at .rows: a function cannot cross`
      return leaves.find((leaf) => message.startsWith(`${leaf.name}, argument`))?.name ?? null;
    case undefined: {
      // ``gret is not a function. `SecureExec.bindings.orders` has no `gret`.``
      const [, parent = "", last = ""] =
        /`SecureExec\.bindings((?:\.[^`.]+)*)` has no `([^`]+)`\./u.exec(message) ?? [];
      return name !== "TypeError" || last === "" ? null : `${parent}.${last}`.slice(1);
    }
    default:
      return null;
  }
}
