/**
 * The corpus every oracle runs over: the golden cases, the quickstart, and the cases written for the oracles.
 */
import { existsSync, globSync, readFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { repository } from "./emitted.ts";

export interface CorpusCase {
  /** Its folder, relative to the repository. */
  readonly name: string;
  /** Absolute. */
  readonly folder: string;
  readonly definition: string;
  /** Its own tsconfig; without one the repository's is the nearest. */
  readonly tsconfig: string | null;
  /** What it is emitted as, as its golden says. */
  readonly golden: string;
}

export const corpus: readonly CorpusCase[] = globSync(
  ["fixtures/valid/*/bindings.ts", "fixtures/quickstart/bindings.ts", "test/oracles/corpus/*/bindings.ts"],
  { cwd: repository },
)
  .map((path) => path.replaceAll("\\", "/"))
  .toSorted()
  .map((path): CorpusCase => {
    const folder = join(repository, dirname(path));
    const tsconfig = join(folder, "tsconfig.json");
    const expected = join(folder, "expected");
    return {
      name: dirname(path),
      folder,
      definition: join(repository, path),
      tsconfig: existsSync(tsconfig) ? tsconfig : null,
      golden: existsSync(expected) ? expected : join(folder, "generated"),
    };
  });

/** The text of a case's golden declaration. */
export function declarationOf({ golden }: CorpusCase): string {
  return readFileSync(join(golden, "secure-exec.d.ts"), "utf8");
}
