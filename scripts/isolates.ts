/**
 * Walks the isolate of the engine that runs this, and writes what it has into `src/library/isolates.ts`: with the package `node` and an
 * isolated-vm of each line, `node scripts/isolates.ts`. A test holds the table to the live isolate.
 */
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { format } from "prettier";
import { type EngineName, engineNames } from "../src/config/engines.ts";
import { isolateOf, type Walk } from "../src/library/isolate.ts";
import { runningEngine, walkIsolate } from "../test/library/walk.ts";

const file = join(import.meta.dirname, "../src/library/isolates.ts");
const live = { engine: runningEngine(), walk: await walkIsolate() };
const walks = engineNames.map(
  (engine) => [engine, engine === live.engine ? live.walk : isolateOf(engine)] as const,
);
const text = await format(tableOf(walks), { parser: "typescript", printWidth: 110 });
writeFileSync(file, text);

function tableOf(walks: readonly (readonly [EngineName, Walk])[]): string {
  const paths = [...new Set(walks.flatMap(([, walk]) => Object.keys(walk)))].toSorted();
  const rows = paths.map((path) => `${JSON.stringify(path)}: {${rowOf(path, walks)}},`);
  return `/**
 * The table of what live isolates have, by the object that has it, once the prelude has run: what came with an engine, and under its name with
 * a \`-\` what went with it. Written by \`scripts/isolates.ts\`. \`@@iterator\` is \`Symbol.iterator\`, and \`Error()\` an object of the class.
 */
import type { EngineName } from "../config/engines.ts";

export type Arrivals = Readonly<Partial<Record<EngineName | \`-\${EngineName}\`, string>>>;

export const isolates: Readonly<Record<string, Arrivals>> = {
${rows.join("\n")}
};
`;
}

function rowOf(path: string, walks: readonly (readonly [EngineName, Walk])[]): string {
  let before: readonly string[] = [];
  const parts: string[] = [];
  const add = (key: string, names: readonly string[]): void => {
    if (names.length > 0) parts.push(`${JSON.stringify(key)}: ${JSON.stringify(names.join(" "))}`);
  };
  for (const [engine, walk] of walks) {
    const names = walk[path] ?? [];
    add(
      engine,
      names.filter((name) => !before.includes(name)),
    );
    add(
      `-${engine}`,
      before.filter((name) => !names.includes(name)),
    );
    before = names;
  }
  return parts.join(", ");
}
