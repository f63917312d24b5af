/**
 * The host functions hostile scripts attack: one of each kind that matters. What they were called with is recorded where a late call would
 * be a finding.
 */
import type { BindingTree } from "../../src/registry/index.ts";

export interface Attacked {
  readonly bindings: BindingTree;
  /** First arguments of all calls of `add`. */
  readonly added: number[];
}

export function attacked(): Attacked {
  const added: number[] = [];
  const held: (() => void)[] = [];
  const bindings: BindingTree = {
    add: (a: number, b: number) => {
      added.push(a);
      return a + b;
    },
    echo: (value: unknown) => value,
    wait: (ms: number) => new Promise((resolve) => setTimeout(resolve, ms)),
    never: () => new Promise(() => {}),
    // Calls of `hold` are answered by `release`, and by no clock.
    hold: () => new Promise<number>((resolve) => held.push(() => resolve(0))),
    release: () => {
      for (const answer of held.splice(0)) answer();
    },
    fail: () => {
      throw Object.assign(new RangeError("Nothing in /etc/passwd for you."), { code: "E_FAIL", secret: 1 });
    },
    blobLater: async (bytes: number) => new Uint8Array(bytes),
    ns: { leaf: () => "leaf" },
  };
  return { bindings, added };
}

/** For a worker that has them itself. */
export default attacked().bindings;
