/**
 * What `isobind init` writes: the files of a first project as data. Pure; asking and writing are elsewhere.
 */
export interface Answers {
  /** Folder of the definition and the config's other files, relative to the project: `.` or `src`. */
  readonly definition: string;
  readonly outDir: string;
  readonly scripts: string;
}

export const defaults: Answers = { definition: "bindings.ts", outDir: "generated", scripts: "scripts" };

export interface NewFile {
  /** Relative to the project, with `/`. */
  readonly path: string;
  readonly what: string;
  readonly text: string;
}

export function projectFiles(answers: Answers): readonly NewFile[] {
  const up = answers.scripts
    .split("/")
    .map(() => "..")
    .join("/");
  return [
    {
      path: "bindings.config.ts",
      what: "the config",
      text: `import { defineConfig } from "isobind";

export default defineConfig({
  definition: "./${answers.definition}",
  outDir: "./${answers.outDir}",
});
`,
    },
    {
      path: answers.definition,
      what: "the definition: what scripts may call",
      text: `import { defineBindings } from "isobind";

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
`,
    },
    {
      path: `${answers.scripts}/hello.ts`,
      what: "a first script",
      text: `const { greet, clock } = SecureExec.bindings;

console.log(greet("world"));

// Both waits run at the same time.
const [first, second] = await Promise.all([clock.after(20), clock.after(40)]);

export default { apart: second.getTime() - first.getTime() };
`,
    },
    {
      path: `${answers.scripts}/tsconfig.json`,
      what: "scripts see what the sandbox has, and nothing more",
      text: `{
  "compilerOptions": {
    "target": "es2023",
    "lib": ["es2023"],
    "types": ["isobind/script"],
    "module": "esnext",
    "moduleResolution": "bundler",
    "moduleDetection": "force",
    "strict": true,
    "allowJs": true,
    "checkJs": true,
    "erasableSyntaxOnly": true,
    "noEmit": true
  },
  "include": [".", "${up}/${answers.outDir}/secure-exec.d.ts"]
}
`,
    },
  ];
}
