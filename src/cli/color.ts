/** Gives the colours of the terminal, or none. */
import picocolors from "picocolors";

export type Colors = ReturnType<typeof picocolors.createColors>;

export function colors(enabled: boolean): Colors {
  return picocolors.createColors(enabled);
}
