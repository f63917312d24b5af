/**
 * The host functions every peer offers to its scripts.
 */
export interface Small {
  id: number;
  name: string;
  tags: string[];
  nested: { a: number; b: number; text: string };
  items: { sku: string; count: number }[];
}

export const functions = {
  noop: (): undefined => undefined,
  add: (a: number, b: number): number => a + b,
  echo: (value: Small): Small => value,
  echoMany: (values: Small[]): Small[] => values,
  bytes: (value: Uint8Array): number => value.byteLength,
  text: (value: string): number => value.length,
  counts: (value: Record<string, number>): number => Object.keys(value).length,
  fail: (): never => {
    throw new TypeError("refused by the host");
  },
  addAsync: async (a: number, b: number): Promise<number> => a + b,
  wait: (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms)),
};

export type HostFunctions = typeof functions;

/** The functions and as many fillers as make `count` in all. */
export function bindings(count: number): Record<string, (...args: never[]) => unknown> {
  const tree: Record<string, (...args: never[]) => unknown> = { ...functions };
  for (let i = Object.keys(functions).length; i < count; i++) tree[`filler${i}`] = functions.add;
  return tree;
}
