/**
 * Names the engines scripts may run on: lines of Node that a release of isolated-vm supports. Pure, because user configs import it.
 */

/** Oldest first. */
export const engineNames = ["node22", "node24", "node26"] as const;

/** A line of Node, as the engine of scripts: `node24` is V8 as Node 24 has it. */
export type EngineName = (typeof engineNames)[number];

/** What scripts are written for when a config does not say. */
export const defaultEngines: readonly EngineName[] = [engineNames[0]];

/** The oldest of several: what it has, all of them have. */
export function oldestEngine(engines: readonly EngineName[]): EngineName {
  return engineNames.find((name) => engines.includes(name)) ?? engineNames[0];
}

/** The engine that the head of a library file names, or `null`. */
export function engineIn(text: string): EngineName | null {
  const name = /^\/\/ @engine (\S+)$/mu.exec(text)?.[1];
  return engineNames.find((one) => one === name) ?? null;
}

/** `node24` → `Node 24`. */
export function engineWords(engine: EngineName): string {
  return `Node ${engine.slice("node".length)}`;
}
