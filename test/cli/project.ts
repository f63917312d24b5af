/** A project in a temporary folder, with this package linked into its node_modules as an install would. */
import { mkdirSync, mkdtempSync, realpathSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { onTestFinished } from "vitest";

const root = fileURLToPath(new URL("../..", import.meta.url));

export interface Project {
  readonly root: string;
  path(name: string): string;
  write(name: string, text: string): void;
}

/** Made of `{ name: text }`; removed when the test has ended. */
export function project(files: Readonly<Record<string, string>> = {}): Project {
  const made = sharedProject(files);
  onTestFinished(() => rmSync(made.root, { recursive: true, force: true }));
  return made;
}

/** The same for all tests of a file, which removes it. */
export function sharedProject(files: Readonly<Record<string, string>>): Project {
  const folder = realpathSync(mkdtempSync(join(tmpdir(), "isobind-cli-")));
  mkdirSync(join(folder, "node_modules"));
  symlinkSync(root, join(folder, "node_modules/isobind"));
  const made: Project = {
    root: folder,
    path: (name) => join(folder, name),
    write(name, text) {
      mkdirSync(dirname(join(folder, name)), { recursive: true });
      writeFileSync(join(folder, name), text);
    },
  };
  for (const [name, text] of Object.entries(files)) made.write(name, text);
  return made;
}

export const config = `export default { definition: "./bindings.ts" };\n`;

export const definition = `import { defineBindings } from "isobind";

export default defineBindings({
  /** Greets someone by name. */
  greet: (name: string) => \`Hello, \${name}!\`,
  math: {
    add: (a: number, b: number) => a + b,
    later: async (ms: number): Promise<number> => {
      await new Promise((resolve) => setTimeout(resolve, ms));
      return ms;
    },
    fail: (): number => {
      throw new RangeError("out of numbers");
    },
  },
});
`;

export const manifest = `{ "name": "sample", "type": "module" }\n`;

/** What most tests begin with. */
export const files = { "package.json": manifest, "bindings.config.ts": config, "bindings.ts": definition };
