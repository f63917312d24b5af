/**
 * Reads one module by itself, from its text alone: what it asks for, what it offers, and how its text becomes a function.
 * Nothing of the modules around it is known here, so a record is kept by its content and shared by every graph it is part
 * of.
 */
import type { ExportAllDeclaration, ExportNamedDeclaration, ImportDeclaration } from "acorn";
import { located } from "../script/parse-module.ts";
import { readSource, type Source } from "../script/read-source.ts";
import {
  freshNames,
  nameOf,
  NotAllowed,
  rewriteExports,
  unusual,
  type Edit,
  type LinkStatement,
} from "../script/rewrite-exports.ts";
import { lookThrough } from "./look-through.ts";
import { readRequest, type Wanted } from "./wanted.ts";

/** `name` of the module with the index `from` in `wanted`; `null` for all of it, as an object. */
export interface Imported {
  readonly local: string;
  readonly from: number;
  readonly name: string | null;
  readonly at: number;
}

/** `export { name as exported } from …`, and what is imported and exported again. */
export interface Passed {
  readonly exported: string;
  readonly from: number;
  readonly name: string | null;
  readonly at: number;
}

export interface ModuleRecord {
  readonly filename: string;
  /** JavaScript, with the lines and columns its author wrote. */
  readonly text: string;
  readonly edits: readonly Edit[];
  /** What is evaluated before it, in the order it is named. */
  readonly wanted: readonly Wanted[];
  /** What `import()` names. */
  readonly dynamic: readonly Wanted[];
  readonly imports: readonly Imported[];
  /** Exported name and the variable that holds its value. */
  readonly exports: readonly (readonly [name: string, local: string])[];
  /** The variable of a default function that has no name; it is `default`. */
  readonly unnamed: string | null;
  readonly passed: readonly Passed[];
  /** `export * from`: indices in `wanted`. */
  readonly stars: readonly number[];
  /** Whether it waits at its top level. */
  readonly isAsync: boolean;
  /** Variables whose value may be another one after the module has ended. */
  readonly changing: ReadonlySet<string>;
  /** Two names that are nowhere in the text: of what a module is given, and of the imports that are looked up. */
  readonly tools: readonly [given: string, live: string];
  /** A text that is no code: the value of its default export. */
  readonly json?: string;
}

/** Throws `SyntaxFailure`, and nothing else. */
export function readRecord(source: Source): ModuleRecord {
  const { filename } = source;
  const { text, program } = readSource(source);
  try {
    const wanted: Wanted[] = [];
    const numbers = new Map<string, number>();
    const imports: Imported[] = [];
    const passed: Passed[] = [];
    const stars: number[] = [];
    const want = (statement: LinkStatement): number => {
      const { specifier, kind } = readRequest(statement);
      const known = numbers.get(`${kind} ${specifier}`);
      if (known !== undefined) return known;
      const number = wanted.push({ specifier, kind, at: statement.source?.start ?? statement.start }) - 1;
      numbers.set(`${kind} ${specifier}`, number);
      return number;
    };
    const add = (statement: LinkStatement): void => {
      const from = want(statement);
      if (statement.type === "ImportDeclaration") imports.push(...readImports(statement, from));
      else if (statement.type === "ExportNamedDeclaration") passed.push(...readPassed(statement, from));
      else if (statement.exported) passed.push(passedAs(statement, from));
      else stars.push(from);
    };
    const rewritten = rewriteExports(text, program, add);
    const names = freshNames(text, 2);
    // The third from the end, when there is nothing left but numbers.
    const looked = freshNames(text, 3, unusual).find((name) => !names.includes(name)) as string;
    const { isAsync, assigned, dynamic } = lookThrough(program, source.dynamicImport === true);
    const byLocal = new Map(imports.map((one) => [one.local, one]));
    const exports: (readonly [string, string])[] = [];
    for (const [name, local] of rewritten.exports) {
      const imported = byLocal.get(local);
      if (imported) passed.push({ ...imported, exported: name });
      else exports.push([name, local]);
    }
    const given = names[1] as string;
    return {
      filename,
      text,
      edits: [...rewritten.edits, ...dynamic.map((one) => asCall(one.start, given))].sort(
        (a, b) => a.start - b.start,
      ),
      wanted,
      dynamic: dynamic.flatMap(({ wanted: one }) => (one ? [one] : [])),
      imports,
      exports,
      unnamed: rewritten.unnamed,
      passed,
      stars,
      isAsync,
      changing: new Set(
        exports.flatMap(([, local]) => (assigned === null || assigned.has(local) ? [local] : [])),
      ),
      tools: [given, looked],
    };
  } catch (error) {
    throw located(error, text, filename);
  }
}

/** A text that is data. It is read when the module is evaluated, but mistakes in it are told before. */
export function readJson({ source, filename }: Pick<Source, "source" | "filename">): ModuleRecord {
  const text = source.startsWith("\ufeff") ? source.slice(1) : source;
  try {
    JSON.parse(text);
  } catch (error) {
    const message = error instanceof Error ? error.message : String(error);
    const at = Number(/at position (\d+)/.exec(message)?.[1] ?? 0);
    throw located(new NotAllowed(at, `The module is not JSON: ${message.slice(0, 300)}`), text, filename);
  }
  return {
    filename,
    text: "",
    json: text,
    edits: [],
    wanted: [],
    dynamic: [],
    imports: [],
    exports: [["default", "v"]],
    unnamed: null,
    passed: [],
    stars: [],
    isAsync: false,
    changing: new Set(),
    tools: ["$", "_"],
  };
}

/** `import(x)` → `$.d   (x)`: as long as it was. */
function asCall(start: number, given: string): Edit {
  return { start, end: start + "import".length, text: `${given}.d`.padEnd("import".length) };
}

function readImports(statement: ImportDeclaration, from: number): Imported[] {
  return statement.specifiers.map((one) => {
    const local = one.local.name;
    switch (one.type) {
      case "ImportDefaultSpecifier":
        return { local, from, name: "default", at: one.start };
      case "ImportNamespaceSpecifier":
        return { local, from, name: null, at: one.start };
      case "ImportSpecifier":
        return { local, from, name: nameOf(one.imported), at: one.start };
    }
  });
}

function readPassed(statement: ExportNamedDeclaration, from: number): Passed[] {
  return statement.specifiers.map((one) => ({
    exported: nameOf(one.exported),
    from,
    name: nameOf(one.local),
    at: one.start,
  }));
}

function passedAs({ exported, start }: ExportAllDeclaration, from: number): Passed {
  return { exported: exported ? nameOf(exported) : "", from, name: null, at: start };
}
