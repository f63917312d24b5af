/**
 * The stage for the examples in a definition's documentation. Most definitions have few or none, so what checks them is loaded when there are
 * some.
 */
import { readFileSync } from "node:fs";
import { resolve } from "node:path";
import type { ResolvedConfig } from "../config/resolved.ts";
import { examplesOf } from "../model/examples.ts";
import type { ReadWork, Work } from "./work.ts";

/** True when there is something to do. */
export function hasExamples({ tree, contract }: ReadWork): boolean {
  return contract.examples !== "off" && examplesOf(tree).length > 0;
}

/** The work with what is wrong with its examples. */
export async function checkExamples(
  work: Work,
  { tree, contract }: ReadWork,
  config: ResolvedConfig,
): Promise<Work> {
  const { checkExamples: check } = await import("../examples/check-examples.ts");
  const findings = await check(tree, {
    engine: contract.engine,
    excessProperties: contract.excessProperties,
    severity: contract.examples === "error" ? "error" : "warning",
    textOf(file) {
      try {
        return readFileSync(resolve(config.root, file), "utf8");
      } catch {
        return null;
      }
    },
  });
  return { ...work, diagnostics: [...work.diagnostics, ...findings] };
}
