/**
 * The compiler options that scripts are checked under, as a tsconfig spells them. One list for `typecheck` and for editors, so that both
 * say the same.
 */
import type { EngineName } from "../config/engines.ts";

/**
 * What the compiler must know of the syntax. TypeScript 5.9 has no `es2025`, and of what Node 22 lacks, a target lets the compiler refuse
 * only flags and groups of regular expressions; `using` fails for want of its types.
 */
const targets: Readonly<Record<EngineName, string>> = {
  node22: "es2024",
  node24: "esnext",
  node26: "esnext",
};

export type ScriptOptions = Readonly<Record<string, string | boolean | readonly string[]>>;

export function scriptOptions(engine: EngineName): ScriptOptions {
  return {
    target: targets[engine],
    // The rest of the language is in the library of scripts.
    lib: ["es5"],
    types: [],
    module: "esnext",
    moduleResolution: "bundler",
    // Modules of a script are named as they are kept: `./money.ts`, and data as `./rates.json`.
    allowImportingTsExtensions: true,
    resolveJsonModule: true,
    // Each script is a module of its own with top-level await, also without an import or export.
    moduleDetection: "force",
    strict: true,
    // Validators refuse an explicit `undefined` where none is declared; so does the check.
    exactOptionalPropertyTypes: true,
    // Types are stripped before a script runs: what needs code (enums, namespaces) would not be there.
    erasableSyntaxOnly: true,
    // They are stripped from each script alone: the export of a type, and a member of a constant enum that is only declared, would be left behind.
    verbatimModuleSyntax: true,
    allowJs: true,
    checkJs: true,
    noEmit: true,
    skipLibCheck: true,
  };
}
