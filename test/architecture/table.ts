/**
 * Which part of `src/` may import which, as data. The table of `src/README.md` is made from this one; `reading.ts` reads
 * the real imports. A part without an entry fails: whoever adds a folder says what it may know.
 */
export interface Part {
  /** A folder of `src/` (with everything below it) or one file; the longest match counts. */
  readonly at: string;
  /** Parts it may import, besides itself. */
  readonly imports: readonly string[];
  /** Packages it may import; `node:` stands for every built-in module. */
  readonly packages: readonly string[];
  /** Shown when the rule is broken. */
  readonly why: string;
}

export const parts: readonly Part[] = [
  {
    at: "contract",
    imports: ["contract/sha256.ts"],
    packages: [],
    why: "the model is what everything else reads; generated code loads it in the user's production process",
  },
  {
    at: "contract/sha256.ts",
    imports: [],
    packages: ["node:"],
    why: "digests are made when generating and when a declaration is compared, never by generated code",
  },
  {
    at: "config",
    imports: ["contract"],
    packages: [],
    why: "user configs import it",
  },
  {
    at: "define-bindings.ts",
    imports: ["contract"],
    packages: [],
    why: "user definitions import it",
  },
  {
    at: "index.ts",
    imports: ["config", "define-bindings.ts", "contract"],
    packages: [],
    why: "the entry `isobind` loads nothing",
  },
  {
    at: "registry.ts",
    imports: ["contract"],
    packages: [],
    why: "the entry `isobind/registry` is the one import of generated code",
  },
  {
    at: "diagnostics",
    imports: ["contract"],
    packages: ["node:", "sarif"],
    why: "findings are data and text; `sarif` is types only",
  },
  {
    at: "generator/load",
    imports: ["config", "contract", "diagnostics", "generator/stages.ts", "generator/relative-path.ts"],
    packages: ["node:", "acorn"],
    why: "a config is evaluated by Node, never by a compiler",
  },
  {
    at: "generator/relative-path.ts",
    imports: [],
    packages: ["node:"],
    why: "paths in findings and output are spelled in one place",
  },
  {
    at: "generator/draft.ts",
    imports: [],
    packages: ["node:"],
    why: "texts that are renamed when they are whole: of the output and of the cache",
  },
  {
    at: "generator/manifest",
    imports: [
      "contract",
      "config",
      "diagnostics",
      "generator/stages.ts",
      "generator/relative-path.ts",
      "generator/draft.ts",
    ],
    packages: ["node:"],
    why: "a hit must never load a compiler",
  },
  {
    at: "generator/stages.ts",
    imports: ["contract", "diagnostics", "config"],
    packages: [],
    why: "plain data between stages",
  },
  {
    at: "generator/code-cache",
    imports: [],
    packages: ["node:"],
    why: "what earlier runs have compiled, whatever the script is",
  },
  {
    at: "generator/read/frontend",
    imports: [
      "contract",
      "config",
      "diagnostics",
      "generator/code-cache",
      "generator/stages.ts",
      "generator/relative-path.ts",
    ],
    packages: ["node:", "@ts-morph/common", "ts-morph"],
    why: "the only module that touches a compiler",
  },
  {
    at: "generator/read",
    imports: [
      "contract",
      "config",
      "diagnostics",
      "generator/read/frontend",
      "generator/stages.ts",
      "generator/relative-path.ts",
    ],
    packages: ["node:"],
    why: "lowering speaks the frontend's interface, never a compiler's API",
  },
  {
    at: "generator/check",
    imports: ["contract", "diagnostics", "generator/stages.ts"],
    packages: [],
    why: "rules are pure: Contract -> Diagnostic[]",
  },
  {
    at: "generator/profile",
    imports: ["contract", "config", "diagnostics", "generator/stages.ts", "generator/relative-path.ts"],
    packages: ["node:"],
    why: "a profile is a part of a contract as data: no compiler, no text",
  },
  {
    at: "generator/emit",
    imports: ["contract", "generator/stages.ts"],
    packages: [],
    why: "emission is pure: Contract -> OutputFile[]",
  },
  {
    at: "generator/write",
    imports: [
      "generator/stages.ts",
      "generator/relative-path.ts",
      "generator/draft.ts",
      "contract",
      "diagnostics",
    ],
    packages: ["node:", "prettier"],
    why: "writing knows files, not what is in them; prettier only to format, or where a formatter has been",
  },
  {
    at: "generator/diff",
    imports: ["contract", "diagnostics"],
    packages: ["node:"],
    why: "contracts are compared as data, by pure functions",
  },
  {
    at: "generator/diff/against",
    imports: ["contract", "diagnostics", "generator/diff", "generator/relative-path.ts"],
    packages: ["node:", "tinyglobby"],
    why: "where the other side comes from: git, a file, a package",
  },
  {
    at: "generator/diff/format",
    imports: [
      "contract",
      "diagnostics",
      "generator/diff",
      "generator/diff/diff-project.ts",
      "generator/impact",
    ],
    packages: [],
    why: "changes as text",
  },
  {
    at: "generator/diff/diff-project.ts",
    imports: [
      "contract",
      "config",
      "diagnostics",
      "generator/diff",
      "generator/diff/against",
      "generator/impact",
      "generator/typecheck",
      "generator/load",
      "generator/read",
      "generator/profile",
      "generator/check",
      "generator/emit",
    ],
    packages: ["node:"],
    why: "reads both sides and the scripts, then lets pure functions compare",
  },
  {
    at: "generator/diff/index.ts",
    imports: [
      "generator/diff",
      "generator/diff/against",
      "generator/diff/format",
      "generator/diff/diff-project.ts",
    ],
    packages: [],
    why: "what `isobind/generator` and the command line use of it",
  },
  {
    at: "generator/typecheck",
    imports: [
      "contract",
      "diagnostics",
      "generator/diff",
      "config",
      "generator/read/frontend",
      "generator/stages.ts",
      "generator/relative-path.ts",
      "generator/load",
    ],
    packages: ["node:", "@ts-morph/common", "tinyglobby"],
    why: "scripts are checked against a declaration's text alone",
  },
  {
    at: "generator/impact",
    imports: [
      "contract",
      "config",
      "diagnostics",
      "generator/diff",
      "generator/typecheck",
      "generator/load",
      "generator/stages.ts",
      "generator/relative-path.ts",
    ],
    packages: ["node:"],
    why: "which scripts a change breaks, from declarations and contracts alone",
  },
  {
    at: "generator",
    imports: [
      "contract",
      "config",
      "diagnostics",
      "generator/load",
      "generator/manifest",
      "generator/read",
      "generator/check",
      "generator/profile",
      "generator/emit",
      "generator/write",
      "generator/diff",
      "generator/diff/index.ts",
      "generator/impact",
      "generator/typecheck",
      "generator/stages.ts",
      "generator/relative-path.ts",
      "generator/draft.ts",
    ],
    packages: ["node:"],
    why: "the pipeline on one screen",
  },
  {
    at: "node-floor.ts",
    imports: [],
    packages: [],
    why: "the oldest Node is asked for where commands and sandboxes begin, in words an older one can read",
  },
  {
    at: "runtime/crossing",
    imports: [],
    packages: ["node:"],
    why: "the codec knows values, and neither runs nor processes; most of it is text of the prelude too",
  },
  {
    at: "runtime/errors.ts",
    imports: [],
    packages: [],
    why: "errors the runtime throws at its host, whichever part of it has noticed",
  },
  {
    at: "runtime/engine",
    imports: ["runtime/errors.ts", "node-floor.ts"],
    packages: ["node:", "isolated-vm"],
    why: "the only part that knows an engine: an interface, what keeps it, and which releases are safe",
  },
  {
    at: "runtime",
    imports: ["contract", "node-floor.ts", "runtime/crossing", "runtime/engine", "runtime/errors.ts"],
    packages: ["node:", "acorn", "@opentelemetry/api"],
    why: "it runs in production: no compiler, no formatter, no config",
  },
  {
    at: "secure-exec",
    imports: ["contract", "runtime", "runtime/errors.ts"],
    packages: ["node:", "acorn"],
    why: "a facade over the runtime",
  },
  {
    at: "json-form",
    imports: ["contract"],
    packages: ["node:"],
    why: "hosts load it in production: values and their JSON, nothing else",
  },
  {
    at: "plugin",
    imports: ["generator", "config", "diagnostics", "contract"],
    packages: ["node:", "unplugin", "@rspack/core"],
    why: "build tools call the generator as any program would",
  },
  {
    at: "cli/main.ts",
    imports: ["cli", "node-floor.ts"],
    packages: ["node:"],
    why: "the start of every command: what it loads, all of them wait for",
  },
  {
    at: "cli",
    imports: [
      "generator",
      "generator/load",
      "generator/diff",
      "generator/diff/index.ts",
      "generator/impact",
      "generator/typecheck",
      "generator/stages.ts",
      "json-form",
      "runtime",
      "runtime/engine",
      "config",
      "contract",
      "diagnostics",
      "node-floor.ts",
    ],
    packages: ["node:", "commander", "picocolors", "chokidar", "tinyglobby"],
    why: "the command line is one more user of the API; it never touches a compiler",
  },
];

/** What must never be imported at once, only with `import()` where it is used: it is slow to load, and most runs do not need it. */
export const lazily: readonly {
  readonly at: string;
  /** Parts that are themselves loaded with `import()`. */
  readonly except?: readonly string[];
  readonly never: readonly string[];
}[] = [
  {
    at: "cli",
    except: ["cli/watch"],
    never: ["chokidar", "prettier", "generator", "runtime", "runtime/engine"],
  },
  { at: "generator/write", never: ["prettier"] },
  { at: "generator/prepare.ts", never: ["generator/read", "generator/emit"] },
];
