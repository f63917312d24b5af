/**
 * Words why a value does not cross, with the way to the place that is at fault. Self-contained: part of the prelude.
 */
import type { Primordials } from "./primordials.ts";

export interface Refusal {
  readonly code: "ERR_BINDING_NOT_CLONABLE" | "ERR_SANDBOX_PAYLOAD_TOO_LARGE";
  /** The first step from the root: the index of an argument, the name of an export. Absent at the root itself. */
  readonly head: string | number | undefined;
  /** The way as an author would write it, from the root (`all`) and from the head: `.rows[0].onClick`; empty at its start. */
  readonly all: string;
  readonly path: string;
  /** A clause: `a function cannot cross`. */
  readonly reason: string;
}

export type WordRefusal = (
  code: Refusal["code"],
  steps: readonly (string | number)[],
  depth: number,
  reason: string,
) => Refusal;

/** @returns a function that words a refusal at the first `depth` of the `steps`. */
export function makeRefusal(p: Primordials): WordRefusal {
  function wayFrom(steps: readonly (string | number)[], from: number, depth: number): string {
    let path = "";
    for (let i = from; i < depth; i++) {
      const key = steps[i] as string | number;
      if (typeof key === "number") path += `[${key}]`;
      else if (p.isPlainName(key)) path += `.${key}`;
      else if (key[0] === "<") path += key;
      else path += `[${p.jsonStringify(key.length > 40 ? p.stringSlice(key, 0, 40) : key)}]`;
      // A path is for reading; the middle of a very deep one is not.
      if (path.length > 300) return `${p.stringSlice(path, 0, 300)}…`;
    }
    return path;
  }

  return (code, steps, depth, reason) => ({
    code,
    head: depth > 0 ? steps[0] : undefined,
    all: wayFrom(steps, 0, depth),
    path: wayFrom(steps, 1, depth),
    reason,
  });
}
