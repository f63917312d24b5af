/**
 * Answers what an engine's isolate has, from the table of live ones.
 */
import { type EngineName, engineNames } from "../config/engines.ts";
import { type Arrivals, isolates } from "./isolates.ts";

/** Own properties by the object that has them: `Array.prototype` → `["at", "concat", …]`. */
export type Walk = Readonly<Record<string, readonly string[]>>;

/** What the isolate of an engine has, as a walk of a live one finds it. */
export function isolateOf(engine: EngineName): Walk {
  const rows = Object.entries(isolates).map(([path, row]) => [path, namesIn(row, engine)] as const);
  return Object.fromEntries(rows.filter(([, names]) => names.length > 0));
}

/**
 * The first engine whose object has the property, or `null`.
 *
 * @example
 * engineWith("Promise", "try"); // "node24"
 * engineWith("globalThis", "Temporal"); // "node26"
 */
export function engineWith(path: string, name: string): EngineName | null {
  const row = Object.hasOwn(isolates, path) ? isolates[path] : undefined;
  return engineNames.find((engine) => row !== undefined && namesIn(row, engine).includes(name)) ?? null;
}

function namesIn(row: Arrivals, engine: EngineName): readonly string[] {
  let names: readonly string[] = [];
  for (const one of engineNames) {
    const gone = words(row[`-${one}`]);
    names = [...names.filter((name) => !gone.includes(name)), ...words(row[one])];
    if (one === engine) break;
  }
  return names.toSorted();
}

const words = (text: string | undefined): readonly string[] => (text === undefined ? [] : text.split(" "));
