/**
 * Words what is wrong with an example, at its place in the author's file.
 */
import type { Diagnostic } from "../diagnostics/diagnostic.ts";
import { report } from "../diagnostics/report.ts";
import type { Example } from "../model/examples.ts";
import { dottedName } from "../model/names.ts";
import { placeIn, type SourceText } from "./place.ts";
import type { ExampleProblem } from "./problem.ts";

/** `textOf`: the text of a file that the contract's sources name; `null` where it cannot be read. */
export function exampleFinding(
  example: Example,
  problem: ExampleProblem,
  { textOf, severity }: { readonly textOf: SourceText; readonly severity: Diagnostic["severity"] },
): Diagnostic {
  const { path } = example.leaf;
  const data = { name: dottedName(path), problem: problem.message, help: problem.help };
  return { ...report("example-broken", data, placeIn(example, problem, textOf), path), severity };
}
