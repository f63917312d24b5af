/** Whether a stream gets colours, and the colours. */
import picocolors from "picocolors";
import type { Io, Out } from "./io.ts";

export type Colors = ReturnType<typeof picocolors.createColors>;

/**
 * Colours only on a terminal. `NO_COLOR` switches them off (`--no-color` sets it), `FORCE_COLOR` on, in this order of strength.
 */
export function wantsColor(out: Out, env: Io["env"]): boolean {
  if (env["NO_COLOR"]) return false;
  if (env["FORCE_COLOR"] && env["FORCE_COLOR"] !== "0") return true;
  return out.isTTY === true && env["TERM"] !== "dumb";
}

export function colors(enabled: boolean): Colors {
  return picocolors.createColors(enabled);
}
