/**
 * Growth: one thing of a project becomes more, everything else stays. And ten contracts, of which one is edited.
 */
import { copyFileSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import type { Growth } from "../measure/cell.ts";
import type { Command } from "../measure/process.ts";
import { floor, isobindCold, isobindColdOne, isobindUnchanged } from "./commands.ts";
import { project } from "./definitions.ts";

export interface GrowingProject {
  readonly title: string;
  readonly commands: readonly Command[];
  readonly growth: Growth;
}

export function generatorGrowth(work: string): readonly GrowingProject[] {
  const growing = (
    title: string,
    of: string,
    steps: readonly number[],
    command: (work: string, count: number) => Command,
  ): GrowingProject => ({
    title,
    commands: steps.map((count) => named(`${count} ${of}`, command(work, count))),
    growth: { of, work: steps },
  });
  return [
    growing("growth with leaves", "leaves", [1, 4, 16, 64], leaves),
    growing("growth with declarations of one leaf", "declarations", [1, 20, 100, 400], declarations),
    growing("growth with properties of a type", "properties", [1, 100, 1_000, 4_000], properties),
    growing("growth with files of 256 declarations", "files", [1, 4, 32, 256], files),
  ];
}

const named = (name: string, command: Command): Command => ({ ...command, name });

function leaves(work: string, count: number): Command {
  return isobindCold(project(work, `leaves-${count}`, count));
}

/** A chain of types, each of which mentions the next. */
function declarations(work: string, count: number): Command {
  const at = project(work, `declarations-${count}`, 1);
  const types = Array.from({ length: count }, (_, i) => declaration(i, count));
  write(at.folder, `${types.join("")}export interface Bindings { find(id: string): Promise<T0> }\n`);
  return isobindCold(at);
}

function properties(work: string, count: number): Command {
  const at = project(work, `properties-${count}`, 1);
  const list = Array.from({ length: count }, (_, i) => `p${i}: string`).join("; ");
  write(at.folder, `export interface Bindings { find(id: string): Promise<{ ${list} }> }\n`);
  return isobindCold(at);
}

function files(work: string, count: number): Command {
  const at = project(work, `files-${count}`, 1);
  const total = 256;
  const each = total / count;
  mkdirSync(join(at.folder, "types"), { recursive: true });
  for (let file = 0; file < count; file++) {
    const own = Array.from({ length: each }, (_, i) => file * each + i);
    const next = (file + 1) * each;
    const imports = next < total ? `import type { T${next} } from "./t${file + 1}.ts";\n` : "";
    writeFileSync(
      join(at.folder, `types/t${file}.ts`),
      imports + own.map((i) => declaration(i, total)).join(""),
    );
  }
  write(
    at.folder,
    `import type { T0 } from "./types/t0.ts";\nexport interface Bindings { find(id: string): Promise<T0> }\n`,
  );
  return isobindCold(at);
}

function declaration(i: number, count: number): string {
  const next = i + 1 < count ? `; next: T${i + 1} | null` : "";
  return `export interface T${i} { id: string; title: string; tags: string[]; at: Date${next} }\n`;
}

function write(folder: string, definition: string): void {
  writeFileSync(join(folder, "bindings.ts"), definition);
}

export function tenContracts(work: string): readonly Command[] {
  const at = project(work, "ten", 10);
  const list = Array.from({ length: 10 }, (_, i) => {
    copyFileSync(join(at.folder, "bindings.ts"), join(at.folder, `bindings${i}.ts`));
    return `{ name: "c${i}", definition: "./bindings${i}.ts", outDir: "./generated/c${i}" }`;
  });
  writeFileSync(
    join(at.folder, "bindings.config.ts"),
    `export default { definition: [${list.join(", ")}] };\n`,
  );
  writeFileSync(
    join(at.folder, "one.config.ts"),
    `export default { definition: "./bindings0.ts", outDir: "./generated/c0" };\n`,
  );
  const edited = join(at.folder, "bindings3.ts");
  const original = readFileSync(edited, "utf8");
  let edits = 0;
  return [
    floor(at),
    isobindCold(at),
    isobindUnchanged(at),
    {
      ...isobindUnchanged(at),
      name: "isobind, one of ten edited",
      before: () => writeFileSync(edited, original.replace("limit?: number", `limit${edits++}?: number`)),
    },
    // The last one: it leaves a manifest of another config.
    isobindColdOne(at),
  ];
}
