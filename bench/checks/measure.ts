/**
 * Checks of scripts against a contract of 64 leaves: many stored ones, the first and the second of a process, and the first completion in an editor. TypeScript 7 is installed
 * beside, and asked first; each row has its counterpart without it, which is how the build before did it.
 */
import { execFileSync } from "node:child_process";
import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { failed, type Cell, type Table } from "../measure/cell.ts";
import { measureProcesses, type Command } from "../measure/process.ts";
import { summarize } from "../measure/statistics.ts";
import { project } from "../generator/definitions.ts";
import { column, rows, title } from "./table.ts";

const here = import.meta.dirname;
const dist = fileURLToPath(new URL("../../dist", import.meta.url));
const compiler = dirname(createRequire(import.meta.url).resolve("typescript"));
const count = 1_000;

export async function measureChecks(work: string, runs: number): Promise<Table> {
  const { folder } = project(work, "checks", 64);
  execFileSync(process.execPath, [join(dist, "cli/main.js"), "generate"], { cwd: folder, stdio: "pipe" });
  const declaration = join(folder, "generated/secure-exec.d.ts");
  const stored = join(folder, "scripts");
  mkdirSync(stored, { recursive: true });
  for (let at = 0; at < count; at++) writeFileSync(join(stored, `script${at}.ts`), script(at));
  const two = join(folder, "two");
  const own = { "script.ts": script(0), "secure-exec.d.ts": readFileSync(declaration, "utf8") };
  write(two, { ...own, "console.d.ts": "declare const console: { log(text: string): void };\n" });
  const one = join(two, "script.ts");
  const completed = { "script.ts": 'const text = "a";\ntext.\n' };
  const editor = join(folder, "editor");
  write(editor, {
    ...completed,
    "tsconfig.json": '{ "extends": "../generated/tsconfig.scripts.json", "include": ["."] }\n',
  });
  const plain = join(folder, "plain");
  write(plain, { ...completed, "tsconfig.json": plainTsconfig });

  const node = (name: string, ...argv: string[]): Command => ({
    name,
    argv: [process.execPath, ...argv],
    cwd: folder,
    timeoutMs: 600_000,
  });
  const tsc = [...["--noEmit", "--strict", "--ignoreConfig", "--skipLibCheck", "--types", "null"]];
  const target = [
    ...["--target", "es2024", "--lib", "es2024", "--module", "esnext", "--moduleDetection", "force"],
  ];
  const check = [join(here, "check-child.mjs"), dist, declaration, one];
  const complete = (at: string): string[] => [
    join(here, "completion-child.mjs"),
    join(compiler, "tsserver.js"),
    join(at, "script.ts"),
  ];
  const commands = {
    many: node("many", join(dist, "cli/main.js"), "typecheck", "scripts"),
    manyCarried: node("manyCarried", join(here, "many-child.mjs"), dist, declaration, stored),
    tsc: node(
      "tsc",
      join(compiler, "tsc.js"),
      ...tsc,
      ...target,
      ...Object.keys(own).map((name) => join(two, name)),
      join(two, "console.d.ts"),
    ),
    first: node("first", ...check),
    firstCarried: node("firstCarried", ...check, "carried"),
    completion: node("completion", ...complete(editor)),
    completionPlain: node("completionPlain", ...complete(plain)),
  };
  const figures = await measureProcesses(Object.values(commands), runs);
  const next = Array.from({ length: runs }, () =>
    Number(execFileSync(process.execPath, check, { cwd: folder, encoding: "utf8" })),
  );
  const cell = (name: string): Cell => figures.get(name)?.wallMs ?? failed("not run");
  return {
    title,
    unit: "ms",
    better: "less",
    columns: [column],
    rows: Object.entries(rows).map(([key, name]) => ({
      name,
      cells: {
        [column]: key === "next" ? { kind: "measured", summary: summarize(next), values: next } : cell(key),
      },
    })),
    notes: [
      "Whole processes, interleaved, but for the second check, which its process measures itself. TypeScript 7.0 is installed beside, and asked first where a row does not say otherwise.",
    ],
  };
}

const plainTsconfig = `{
  "compilerOptions": { "strict": true, "target": "es2024", "lib": ["es2024"], "module": "esnext", "moduleResolution": "bundler", "types": [], "noEmit": true },
  "include": ["."]
}
`;

function write(folder: string, files: Readonly<Record<string, string>>): void {
  mkdirSync(folder, { recursive: true });
  for (const [name, text] of Object.entries(files)) writeFileSync(join(folder, name), text);
}

/** Fifty lines, no two scripts alike. */
function script(at: number): string {
  const group = at % 8;
  const leaf = 8 * group + (at % 7);
  return `const { group${group} } = SecureExec.bindings;

interface Total {
  id: string;
  title: string;
  amount: number;
  tags: string[];
}

const states: ("open" | "done" | "void")[] = ["open", "done"];
const totals = new Map<string, Total>();
let seen = 0;

function label(title: string, index: number): string {
  return \`\${index + 1}. \${title.trim().toUpperCase()} (script ${at})\`;
}

function add(total: Total): void {
  const known = totals.get(total.id);
  totals.set(total.id, known === undefined ? total : { ...known, amount: known.amount + total.amount });
}

for (let offset = 0; offset < 30; offset += 10) {
  const page = await group${group}.find${leaf}({
    text: "script ${at}",
    states,
    page: { offset, limit: 10 },
    nested: { deep: { flag: offset === 0, code: [${at}, "x"] } },
  });
  for (const item of page) {
    seen += 1;
    if (item.state === "void") continue;
    const amount = item.price.currency === "EUR" ? item.price.amount * ${at % 9} : item.price.amount;
    add({ id: String(item.id), title: item.title, amount, tags: item.tags.filter((tag) => tag.length > 2) });
  }
  if (page.length < 10) break;
}

const sorted = [...totals.values()].sort((a, b) => b.amount - a.amount || a.title.localeCompare(b.title));
const best = sorted.slice(0, 5).map(({ title, amount }, index) => ({ title: label(title, index), amount }));
console.log(\`\${seen} items, \${sorted.length} kept\`);

const byTag: Record<string, number> = {};
for (const { tags } of sorted) for (const tag of tags) byTag[tag] = (byTag[tag] ?? 0) + 1;

const sum = sorted.reduce((all, { amount }) => all + amount, 0);
export default { best, byTag, seen, average: sorted.length === 0 ? 0 : sum / sorted.length };
`;
}
