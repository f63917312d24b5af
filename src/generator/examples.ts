/**
 * The stage for the examples in a definition's documentation. Most definitions have few or none, so what checks them is loaded when there are
 * some; and as they are scripts, what was found out about them holds until they change, or what they call.
 */
import { resolve } from "node:path";
import { readText } from "../files/read-text.ts";
import type { ResolvedConfig } from "../config/resolved.ts";
import { exampleFinding } from "../examples/finding.ts";
import type { ExampleProblem } from "../examples/problem.ts";
import { type Example, examplesOf } from "../model/examples.ts";
import { digest } from "../model/identity/digest.ts";
import { readRecord, recordFile, type Stamped, storeRecord } from "./manifest/record.ts";
import type { ReadWork, Work } from "./work.ts";

/** True when there is something to do. */
export function hasExamples({ tree, contract }: ReadWork): boolean {
  return contract.examples !== "off" && examplesOf(tree).length > 0;
}

/** The work with what is wrong with its examples. */
export async function checkExamples(work: Work, read: ReadWork, config: ResolvedConfig): Promise<Work> {
  const severity = read.contract.examples === "error" ? "error" : "warning";
  const textOf = (file: string): string | null => readText(resolve(config.root, file));
  const problems = await problemsOf(read, config);
  const findings = problems.map(([example, problem]) =>
    exampleFinding(example, problem, { severity, textOf }),
  );
  return { ...work, diagnostics: [...work.diagnostics, ...findings] };
}

interface ExamplesRecord extends Stamped {
  /** All that the outcome depends on. */
  readonly key: string;
  /** By the number of the example. */
  readonly problems: readonly (readonly [number, ExampleProblem])[];
}

const isExamplesRecord = (record: Stamped): record is ExamplesRecord =>
  Array.isArray((record as Partial<ExamplesRecord>).problems);

type Problem = readonly [Example, ExampleProblem];

async function problemsOf(
  { tree, contract }: ReadWork,
  { root, file }: ResolvedConfig,
): Promise<readonly Problem[]> {
  const examples = examplesOf(tree);
  const { engine, excessProperties, name } = contract;
  const texts = examples.map(({ leaf, code }) => [leaf.path, code]);
  const key = JSON.stringify([digest(tree), engine, excessProperties, process.versions.node, texts]);
  // No contract has such a name.
  const record = recordFile(root, file, `${name}@examples`);
  const known = readRecord(record, isExamplesRecord);
  if (known?.key === key) {
    return known.problems.flatMap(([at, problem]): Problem[] => {
      const example = examples[at];
      return example === undefined ? [] : [[example, problem]];
    });
  }
  const { exampleProblems } = await import("../examples/check-examples.ts");
  const { problems, isComplete } = await exampleProblems(tree, examples, { engine, excessProperties });
  const found = [...problems];
  const numbered = found.map(([example, problem]) => [examples.indexOf(example), problem] as const);
  if (isComplete) storeRecord<ExamplesRecord>(record, { key, problems: numbered, files: {} });
  return found;
}
