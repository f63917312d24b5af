/** Gives the colours of the terminal, or none. */
import picocolors from "picocolors";
import type { Io, Out } from "./io.ts";
import { wantsColor } from "./wants-color.ts";

export type Colors = ReturnType<typeof picocolors.createColors>;

export function colors(enabled: boolean): Colors {
  return picocolors.createColors(enabled);
}

/** Those of a stream: none where it wants none. */
export function colorsOf(out: Out, env: Io["env"]): Colors {
  return colors(wantsColor(out, env));
}
