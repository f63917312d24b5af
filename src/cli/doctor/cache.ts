/** Checks that the cache can be written: without it, a run with nothing to do reads the definition again. */
import { ok, warning, type Finding, type Patient } from "./finding.ts";

export async function checkCache({ root, config }: Patient): Promise<readonly Finding[]> {
  if (config === null) return [];
  const { cacheProblem } = await import("../../generator/cache.ts");
  const problem = cacheProblem(root);
  if (problem === null) return [ok("cache", "what a run has read can be remembered.")];
  return [
    warning(
      "cache",
      `nothing can be remembered, and each run reads the definition again: ${problem}.`,
      "Make the folder writable for who runs isobind, or delete what is in its place.",
    ),
  ];
}
