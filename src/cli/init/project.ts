/**
 * Makes what `isobind init` writes: the files of a first project as data. Pure; asking and writing are elsewhere.
 */
import { posix } from "node:path";
import { kindTsconfigName, tsconfigName } from "../../library/names.ts";
import { UsageError } from "../exit.ts";

/** Places relative to the project, with `/`. */
export interface Answers {
  /** A file, or the folder that `bindings.ts` goes into. */
  readonly definition: string;
  /** The folder of the generated files. */
  readonly outDir: string;
  /** The folder of the scripts; `.` is the project's own. */
  readonly scripts: string;
  /** The kind that all scripts of that folder are of. */
  readonly kind?: string;
}

export const defaults: Answers = { definition: "bindings.ts", outDir: "generated", scripts: "scripts" };

export interface NewFile {
  /** Relative to the project, with `/`. */
  readonly path: string;
  readonly what: string;
  readonly text: string;
}

/** `./src` -> `src/bindings.ts`. */
export function definitionAt(typed: string): string {
  const path = placeAt(typed);
  return /\.[cm]?[jt]s$/.test(path) ? path : posix.join(path, "bindings.ts");
}

/** `.\\gen\\` -> `gen`. Throws a `UsageError` for a place outside the project, which a clone of it would not have. */
export function placeAt(typed: string): string {
  const path = posix.normalize(typed.replaceAll("\\", "/")).replace(/\/$/, "");
  if (path === "" || /^(\.\.(\/|$)|\/|[a-z]:)|["\p{Cc}]/iu.test(path)) {
    throw new UsageError(
      `${JSON.stringify(typed)} is no place in this project.`,
      "Write a path inside the current folder, for example `src/bindings`.",
    );
  }
  return path;
}

/** What is known of the project beside the answers. */
export interface Setting {
  readonly style: Style;
  /** A definition is there, whose functions are the project's own. */
  readonly hasDefinition: boolean;
  /** It says what scripts are given and give back. */
  readonly declaresScripts: boolean;
  /** What relative imports of its TypeScript end in. */
  readonly importExtension: ".ts" | ".js";
  /** The package says `"type": "commonjs"`. */
  readonly isCommonJs: boolean;
}

export const styles = ["implementation", "contract"] as const;
/** Functions written in the definition, or a definition of types alone that the host implements elsewhere. */
export type Style = (typeof styles)[number];

const usual: Setting = {
  style: "implementation",
  hasDefinition: false,
  declaresScripts: false,
  importExtension: ".ts",
  isCommonJs: false,
};

export function projectFiles(answers: Answers, setting: Setting = usual): readonly NewFile[] {
  const extended = answers.kind === undefined ? tsconfigName : kindTsconfigName(answers.kind);
  const base = posix.relative(answers.scripts, `${answers.outDir}/${extended}`);
  const { style, hasDefinition, isCommonJs } = setting;
  return [
    {
      path: "bindings.config.ts",
      what: "the config",
      text: configText(answers),
    },
    {
      path: answers.definition,
      what: "the definition: what scripts may call",
      text: style === "contract" ? contractDefinition : implementationDefinition,
    },
    ...(style === "contract" && !hasDefinition
      ? [{ path: hostAt(answers), what: "the functions of the host", text: hostText(answers, setting) }]
      : []),
    ...(beginsWithHello(answers, setting)
      ? [
          {
            path: posix.join(answers.scripts, "hello.ts"),
            what: "a first script",
            text: hasDefinition ? anyScript : helloScript,
          },
        ]
      : []),
    {
      path: posix.join(answers.scripts, "tsconfig.json"),
      what:
        answers.kind === undefined
          ? "scripts see what the sandbox has, and nothing more"
          : `scripts are of the kind \`${answers.kind}\``,
      text: scriptsTsconfig(base.startsWith(".") ? base : `./${base}`),
    },
    // A tsconfig of the project may include scripts too, and would take them for what the project is.
    ...(isCommonJs && answers.scripts !== "."
      ? [
          {
            path: posix.join(answers.scripts, "package.json"),
            what: "scripts are modules, whatever the project is",
            text: `{ "type": "module" }\n`,
          },
        ]
      : []),
  ];
}

/** What a script is given and gives, where a kind or the definition says it, is for its author to write. */
export function beginsWithHello({ kind }: Answers, { declaresScripts }: Setting): boolean {
  return kind === undefined && !declaresScripts;
}

/** Beside the definition. */
export function hostAt({ definition }: Answers): string {
  return posix.join(posix.dirname(definition), "host.ts");
}

function configText({ definition, outDir }: Answers): string {
  return `import { defineConfig } from "isobind";

export default defineConfig({
  definition: "./${definition}",
  outDir: "./${outDir}",
});
`;
}

const implementationDefinition = `import { defineBindings } from "isobind";

export default defineBindings({
  /** Greets someone by name. */
  greet: (name: string) => \`Hello, \${name}!\`,
  clock: {
    /**
     * Waits, then tells the time.
     *
     * @timeout 2s
     */
    after: async (ms: number): Promise<Date> => {
      await new Promise((resolve) => setTimeout(resolve, ms));
      return new Date();
    },
  },
});
`;

const contractDefinition = `export interface Bindings {
  /** Greets someone by name. */
  greet(name: string): string;
  clock: {
    /**
     * Waits, then tells the time.
     *
     * @timeout 2s
     */
    after(ms: number): Promise<Date>;
  };
}
`;

function hostText(answers: Answers, { importExtension }: Setting): string {
  const path = posix.relative(posix.dirname(hostAt(answers)), `${answers.outDir}/registry${importExtension}`);
  return `import { createRegistry } from "${path.startsWith(".") ? path : `./${path}`}";

export default createRegistry({
  greet: (name) => \`Hello, \${name}!\`,
  clock: {
    after: async (ms) => {
      await new Promise((resolve) => setTimeout(resolve, ms));
      return new Date();
    },
  },
});
`;
}

const helloScript = `const { greet, clock } = SecureExec.bindings;

console.log(greet("world"));

// Both waits run at the same time.
const [first, second] = await Promise.all([clock.after(20), clock.after(40)]);

export default { apart: second.getTime() - first.getTime() };
`;

/** Fits every definition that says nothing of scripts. */
const anyScript = `// Write \`SecureExec.bindings.\` and an editor completes what the host offers.
const names = Object.keys(SecureExec.bindings);

console.log(names.join(", "));

export default names;
`;

/** A tsconfig of the author's own: what their engine has is in the generated one, which follows the config. */
function scriptsTsconfig(base: string): string {
  return `{
  "extends": "${base}",
  "compilerOptions": { "noEmit": true },
  "include": ["."]
}
`;
}
