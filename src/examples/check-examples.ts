/**
 * Holds the examples in a definition's documentation to the definition: each is type-checked as a script, and one that fits is run in a sandbox
 * with mocks. What an author of scripts copies first should work.
 */
import type { EngineName } from "../config/engines.ts";
import { emitDeclaration } from "../emit/declaration/declaration.ts";
import type { Contract } from "../model/contract.ts";
import { type Example, exampleScript, lineInExample } from "../model/examples.ts";
import type { ExcessProperties } from "../model/registry.ts";
import { remembered } from "../model/remembered.ts";
import { createScriptChecker, type ScriptChecker } from "../scripts/typecheck/check-scripts.ts";
import { typecheckScripts } from "../scripts/typecheck/index.ts";
import { type ExampleProblem, withoutResults } from "./problem.ts";

export interface ExampleSettings {
  readonly engine: EngineName;
  readonly excessProperties: ExcessProperties;
}

export interface ExampleProblems {
  readonly problems: ReadonlyMap<Example, ExampleProblem>;
  /** False where there was no engine, so that no example was run. */
  readonly isComplete: boolean;
}

/** What is wrong with those examples that do not fit, or do not run. */
export async function exampleProblems(
  contract: Contract,
  examples: readonly Example[],
  settings: ExampleSettings,
): Promise<ExampleProblems> {
  if (examples.length === 0) return { problems: new Map(), isComplete: true };
  const typed = typeProblems(contract, examples, settings.engine);
  const fitting = examples.filter((example) => !typed.has(example));
  const { runExamples } = await import("./run-examples.ts");
  const ran = await runExamples(contract, fitting, settings);
  const problems = new Map(
    examples.flatMap((example) => {
      const problem = typed.get(example) ?? ran?.get(example);
      return problem === undefined ? [] : [[example, problem] as const];
    }),
  );
  return { problems, isComplete: ran !== null };
}

/** The first type error of each example that has one. */
function typeProblems(
  contract: Contract,
  examples: readonly Example[],
  engine: EngineName,
): ReadonlyMap<Example, ExampleProblem> {
  const declaration = emitDeclaration(withoutResults(contract));
  const scripts = examples.map((example, at) => ({ file: `example-${at}.ts`, text: exampleScript(example) }));
  const checker = remembered(checkers, engine, () => createScriptChecker(engine));
  const found = typecheckScripts(scripts, declaration, { engine, checker });
  return new Map(
    examples.flatMap((example, at): [Example, ExampleProblem][] => {
      const first = found.find(({ file, severity }) => file === scripts[at]?.file && severity === "error");
      if (first === undefined) return [];
      const { message, help, line, column } = first;
      return [[example, { message, help, column, line: line && lineInExample(example, line) }]];
    }),
  );
}

/** A run that watches checks them again and again. */
const checkers = new Map<EngineName, ScriptChecker>();
