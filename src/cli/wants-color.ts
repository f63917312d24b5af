/** Tells whether a stream gets colours. Apart from the colours themselves, which most output to a pipe never needs. */
import type { Io, Out } from "./io.ts";

/**
 * Colours only on a terminal. `NO_COLOR` switches them off (`--no-color` sets it), `FORCE_COLOR` on, in this order of strength.
 */
export function wantsColor(out: Out, env: Io["env"]): boolean {
  if (env["NO_COLOR"]) return false;
  if (env["FORCE_COLOR"] && env["FORCE_COLOR"] !== "0") return true;
  return out.isTTY === true && env["TERM"] !== "dumb";
}
