/**
 * Validation alone: nanoseconds for one accepted and one refused argument list, five shapes, every library. Samples are
 * interleaved; each is a loop long enough to drown the clock.
 */
import { execFileSync } from "node:child_process";
import { fileURLToPath } from "node:url";
import { deserialize, serialize } from "node:v8";
import { failed, type Cell, type Table } from "../measure/cell.ts";
import { pairedRatio, summarize } from "../measure/statistics.ts";
import { libraries, type Check, type Checks } from "./libraries.ts";
import { accepted, refused, shapes, type ShapeName } from "./values.ts";

const here = (path: string): string => fileURLToPath(new URL(path, import.meta.url));

/** Generates our registry and typia's validators; both are build products and not committed. */
function generate(): void {
  execFileSync(
    process.execPath,
    [here("../../dist/cli/main.js"), "generate", "--config", here("./bindings.config.ts")],
    { stdio: "pipe" },
  );
  execFileSync(
    process.execPath,
    [
      here("../node_modules/typia/lib/executable/typia.js"),
      "generate",
      "--input",
      here("./typia"),
      "--output",
      here("../.work/typia"),
      "--project",
      here("./tsconfig.typia.json"),
    ],
    { stdio: "pipe", cwd: here("..") },
  );
}

/** A sample is cut into so many: a machine that is busy for a moment then spoils a slice, and not the sample. */
const slices = 6;

/** As arguments arrive: what a validator is given was never a literal in the code around it. */
function arrived(values: unknown[]): unknown[] {
  return deserialize(serialize(values)) as unknown[];
}

const strict = "typia, excess refused";

export interface ValidationOptions {
  readonly rounds: number;
  readonly sampleMs: number;
  /** Only what the goals need. */
  readonly short: boolean;
}

export async function measureValidation(options: ValidationOptions): Promise<Table[]> {
  generate();
  const { createRegistry } = (await import(here("../.work/validation/registry.ts"))) as {
    createRegistry(host: Record<string, () => void>): {
      leaves: readonly { name: string; contract: { accepts(args: readonly unknown[]): boolean } | null }[];
    };
  };
  const registry = createRegistry(Object.fromEntries(shapes.map((name) => [name, () => undefined])));
  const own = Object.fromEntries(
    registry.leaves.map(({ name, contract }) => [name, contract?.accepts ?? null]),
  ) as unknown as Checks;
  const typia = (await import(here("../.work/typia/validators.ts"))) as unknown as {
    readonly is: Checks;
    readonly equals: Checks;
  };
  const all: Record<string, Checks> = {
    isobind: own,
    typia: typia.is,
    [strict]: typia.equals,
    ...(options.short ? {} : libraries),
  };
  return [
    await table("Validation, accepted", all, accepted, true, options),
    await table("Validation, refused", all, refused, false, options),
  ];
}

async function table(
  title: string,
  all: Readonly<Record<string, Checks>>,
  inputs: Readonly<Record<ShapeName, unknown[]>>,
  wanted: boolean,
  options: ValidationOptions,
): Promise<Table> {
  const names = Object.keys(all);
  const rows = shapes.map((shape) => {
    const values = new Map<string, number[]>();
    const repetitions = new Map<string, number>();
    const loops = new Map(names.map((name) => [name, makeLoop(`${name}, ${shape}`)]));
    const cells: Record<string, Cell> = {};
    const input = arrived(inputs[shape]);
    for (const name of names) {
      const check = all[name]?.[shape];
      if (!check) cells[name] = failed("cannot say it");
      else if (check(input) !== wanted) cells[name] = failed(wanted ? "refuses it" : "accepts it");
      else repetitions.set(name, calibrate(loops.get(name) as Loop, check, input, options.sampleMs / slices));
    }
    for (let round = 0; round < options.rounds * slices; round++) {
      for (const [name, count] of repetitions) {
        const ns = ((loops.get(name) as Loop)(all[name]?.[shape] as Check, input, count) * 1e6) / count;
        values.set(name, [...(values.get(name) ?? []), ns]);
      }
    }
    for (const [name, list] of values)
      cells[name] = { kind: "measured", summary: summarize(list), values: list };
    return { name: shape, cells };
  });
  return {
    title,
    unit: "ns",
    better: "less",
    columns: names,
    rows,
    notes: [
      `isobind refuses excess properties and bounds its work; of the others only \`${strict}\` does the first, and none the second.`,
      `isobind / ${strict}: ${rows.map(({ name, cells }) => `${name} ${ratio(cells["isobind"], cells[strict])}`).join(", ")}.`,
    ],
  };
}

function ratio(ours: Cell | undefined, theirs: Cell | undefined): string {
  if (ours?.kind !== "measured" || theirs?.kind !== "measured") return "not measured";
  return pairedRatio(ours.values, theirs.values).toFixed(2);
}

/** The result is used, so that the compiler cannot drop the work. */
type Loop = (check: Check, input: unknown[], count: number) => number;

/** A loop of its own for each library and shape: what the engine has learnt of one must not slow down the next. */
function makeLoop(name: string): Loop {
  return new Function(
    "check",
    "input",
    "count",
    `// ${name}
    let taken = 0;
    const started = performance.now();
    for (let i = 0; i < count; i++) if (check(input)) taken++;
    const ms = performance.now() - started;
    if (taken !== 0 && taken !== count) throw new Error("one input, two answers");
    return ms;`,
  ) as Loop;
}

function calibrate(loop: Loop, check: Check, input: unknown[], sampleMs: number): number {
  let count = 1_000;
  while (loop(check, input, count) < sampleMs) count *= 2;
  return count;
}
