/** Where the look at the start has an answer, it is that of the whole command, letter by letter, and leaves the same files: both are asked in copies of one project. */
import {
  cpSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  symlinkSync,
  utimesSync,
  writeFileSync,
} from "node:fs";
import { join } from "node:path";
import { afterAll, beforeAll, expect, it } from "vitest";
import { bare } from "../../src/cli/bare.ts";
import type { Io } from "../../src/cli/io.ts";
import { unchangedText } from "../../src/cli/unchanged.ts";
import { files, sharedProject, type Project } from "./project.ts";
import { isobind } from "./testing-io.ts";

const all = {
  ...files,
  "bindings.ts": `import type { Row } from "rows";\nexport interface Bindings { add(row: Row): number }\n`,
  "tsconfig.json": `{ "compilerOptions": { "strict": true } }\n`,
  "node_modules/rows/package.json": `{ "name": "rows", "types": "index.d.ts" }\n`,
  "node_modules/rows/index.d.ts": "export interface Row { id: number }\n",
};

let made: Project;
beforeAll(async () => {
  made = sharedProject(all);
  // A list of all files would go into it.
  rmSync(made.path("node_modules/isobind"));
  // What is written in the moment in which a run begins is not remembered.
  for (const name of Object.keys(all)) utimesSync(made.path(name), new Date(1e12), new Date(1e12));
  expect((await isobind(["generate"], { cwd: made.root })).code).toBe(0);
});
afterAll(() => rmSync(made.root, { recursive: true, force: true }));

type Change = (path: (name: string) => string) => void;
const edited =
  (name: string, text: string): Change =>
  (path) =>
    writeFileSync(path(name), text);

/** Whether the look is to have an answer. */
const states: Readonly<Record<string, readonly [boolean, Change]>> = {
  "nothing has changed": [true, () => {}],
  "a file has been touched": [true, (path) => utimesSync(path("bindings.ts"), new Date(), new Date())],
  "a file is of the future": [true, (path) => utimesSync(path("bindings.ts"), 4e9, 4e9)],
  "output has other ends of lines": [
    true,
    (path) => {
      const text = readFileSync(path("generated/registry.ts"), "utf8");
      writeFileSync(path("generated/registry.ts"), text.replaceAll("\n", "\r\n"));
    },
  ],
  "the folder of the output is a link": [
    true,
    (path) => {
      renameSync(path("generated"), path("elsewhere"));
      symlinkSync("elsewhere", path("generated"));
    },
  ],
  "the definition is a link": [
    true,
    (path) => {
      renameSync(path("bindings.ts"), path("real.ts"));
      symlinkSync("real.ts", path("bindings.ts"));
    },
  ],
  "someone's files lie beside the output": [
    true,
    (path) => {
      mkdirSync(path("generated/pro"));
      writeFileSync(path("generated/pro/registry.ts"), "// mine\n");
    },
  ],
  "a draft is left": [true, edited("generated/.isobind-999999999-a.tmp", "half")],
  "a package has other types": [
    false,
    edited("node_modules/rows/index.d.ts", "export interface Row { id: string }\n"),
  ],
  "a package has its types elsewhere": [false, edited("node_modules/rows/package.json", "{}\n")],
  "a package is gone": [false, (path) => rmSync(path("node_modules/rows"), { recursive: true })],
  "the tsconfig is another": [false, edited("tsconfig.json", "{}\n")],
  "the tsconfig is gone": [false, (path) => rmSync(path("tsconfig.json"))],
  "output is a folder": [
    false,
    (path) => {
      rmSync(path("generated/registry.ts"));
      mkdirSync(path("generated/registry.ts"));
    },
  ],
  "output is a link to nothing": [
    false,
    (path) => {
      rmSync(path("generated/registry.ts"));
      symlinkSync("nowhere.ts", path("generated/registry.ts"));
    },
  ],
  "the config is gone": [false, (path) => rmSync(path("bindings.config.ts"))],
  "the cache is a file": [
    false,
    (path) => {
      rmSync(path("node_modules/.cache"), { recursive: true });
      writeFileSync(path("node_modules/.cache"), "");
    },
  ],
};

let copies = 0;
function copy(change: Change): string {
  const root = join(made.root, `../isobind-copy-${process.pid}-${copies++}`);
  cpSync(made.root, root, { recursive: true, preserveTimestamps: true, verbatimSymlinks: true });
  change((name) => join(root, name));
  return root;
}

const filesIn = (root: string): readonly string[] =>
  readdirSync(root, { recursive: true, encoding: "utf8" }).sort();

it.each(Object.keys(states))("%s", async (name) => {
  const [hasAnswer, change] = states[name]!;
  for (const typed of Object.keys(bare)) {
    for (const env of [{}, { FORCE_COLOR: "1" }, { NO_COLOR: "1", FORCE_COLOR: "1" }]) {
      const [looked, whole] = [copy(change), copy(change)];
      try {
        const io = { cwd: looked, env, stdout: { write: () => true } } as Partial<Io> as Io;
        const stdout = unchangedText(typed.split(" "), io);
        expect(stdout !== null, typed).toBe(hasAnswer);
        if (stdout === null) break;
        expect(await isobind(typed.split(" "), { cwd: whole, env })).toEqual({ code: 0, stdout, stderr: "" });
        expect(filesIn(looked)).toEqual(filesIn(whole));
      } finally {
        for (const root of [looked, whole]) rmSync(root, { recursive: true, force: true });
      }
    }
  }
});
