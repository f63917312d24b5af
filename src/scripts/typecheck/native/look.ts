/**
 * Asks a TypeScript 7 that is installed which scripts are surely right, many times as fast as the compiler that isobind carries. It says nothing else: what may be
 * wrong is looked at by that compiler, whose findings they are, so that both say the same. Whatever it cannot tell for certain it leaves to it, and it
 * stops asking when its process fails.
 */
import type { EngineName } from "../../../config/engines.ts";
import { composeLibrary, includedLibraries, verbatim } from "../../../library/compose.ts";
import { scriptOptions } from "../../../library/options.ts";
import { inputGlobal } from "../../../library/sandbox-globals.ts";
import {
  endTypeScript7,
  loadTypeScript7,
  startTypeScript7,
  type Sync,
  type TypeScript7,
} from "../../../read/frontend/native/typescript.ts";
import { defaultKind } from "../../../model/contract.ts";
import { readHeader } from "../../../model/identity/header.ts";
import { kindName, kindOf, type Kind, kindsOf } from "../frontend/kind.ts";
import type { Script } from "../frontend/service.ts";
import { installedFor } from "./installed.ts";
import { isPlain } from "./plain.ts";
import { questionsOf, type Questions } from "./questions.ts";
import { openTypes } from "./types.ts";

export interface Look {
  /** Those scripts that have no finding at all; of the others nothing is said. */
  fitting(
    scripts: readonly Script[],
    declaration: string,
    onChecked?: (done: number) => void,
  ): ReadonlySet<Script>;
  close(): void;
}

/** Scripts of one program: it keeps the syntax trees of all of them. */
const maxScripts = 1_000;

/**
 * `null` where there is none of a version that was tried.
 *
 * @param root - Where it is looked for: in `node_modules` of this folder and those above.
 */
export function openLook(root: string, engine: EngineName): Look | null {
  const folder = installedFor(root);
  if (folder === null) return null;
  try {
    return lookWith(loadTypeScript7(folder), engine);
  } catch {
    return null;
  }
}

function lookWith(typescript: TypeScript7, engine: EngineName): Look {
  const files = new Map<string, string>([
    ["/isobind/library.d.ts", composeLibrary(engine, () => []).replace(verbatim(inputGlobal), "")],
    ["/isobind/included.d.ts", referencesTo(includedLibraries(engine))],
  ]);
  const isOurs = (name: string): boolean => name === "/isobind" || name.startsWith("/isobind/");
  let api: Sync.API | null = null;
  let isBroken = false;
  let last: Sync.Snapshot | null = null;
  /** A file that is made may be one that was looked for in vain, so that more is looked at again than for one that has changed. */
  const created = new Set<string>();
  const changed = new Set<string>();
  const put = (name: string, text: string): void => {
    const known = files.get(name);
    if (known === text) return;
    files.set(name, text);
    if (known === undefined) created.add(name);
    else changed.add(name);
  };

  function open(): Sync.API {
    const none = { files: [], directories: [] };
    return begun(() =>
      startTypeScript7(typescript, "/isobind", {
        // Nothing of this machine is read but the compiler's own library. Its sixty files alone are asked for their real path, and the compiler finds that itself.
        readFile: (name) => files.get(name) ?? (isLibrary(name) ? undefined : null),
        fileExists: (name) => files.has(name) || (isLibrary(name) ? undefined : false),
        directoryExists: (name) => name === "/" || isOurs(name) || (isLibrary(name) ? undefined : false),
        getAccessibleEntries: (name) => (isLibrary(name) ? undefined : none),
      }),
    );
  }

  /** The program of a tsconfig, with the files as they are now. */
  function project(config: string): Sync.Project {
    const isFirst = api === null;
    api ??= open();
    const fileChanges = { changed: [...changed], created: [...created] };
    changed.clear();
    created.clear();
    const snapshot = api.updateSnapshot({ openProjects: [config], ...(!isFirst && { fileChanges }) });
    last?.dispose();
    last = snapshot;
    const found = snapshot.getProject(config);
    if (found === undefined) throw new Error(`There is no project ${config}.`);
    return found;
  }

  function fittingOf(
    kind: Kind,
    at: number,
    scripts: readonly Script[],
    given: ReadonlySet<string>,
  ): readonly Script[] {
    const folder = `/isobind/kind${at}`;
    const nameOf = (index: number): string => `${folder}/scripts/${index}.ts`;
    put(`${folder}/input.d.ts`, kind.input);
    scripts.forEach(({ text }, index) => put(nameOf(index), text));
    const roots = ["../secure-exec.d.ts", "../library.d.ts", "../included.d.ts", "./input.d.ts"];
    const names = scripts.map((_, index) => nameOf(index));
    const config = `${folder}/tsconfig.json`;
    put(config, JSON.stringify({ compilerOptions: scriptOptions(engine), files: [...roots, ...names] }));
    let { program, checker } = project(config);
    if (program.getConfigFileParsingDiagnostics().length + program.getProgramDiagnostics().length > 0)
      throw new Error("The compiler does not take the options of scripts.");
    const questionsIn = (name: string): Questions | null => {
      const source = program.getSourceFile(name);
      return source === undefined ? null : questionsOf(source, typescript, { engine, given });
    };
    let asked = names.map(questionsIn);
    if (kind.result !== null) {
      // What the default export is held to is part of the text, as it is for the other compiler.
      asked.forEach((questions, index) => {
        const end = questions?.heldAt ?? null;
        const { text } = scripts[index] as Script;
        if (end !== null)
          put(nameOf(index), `${text.slice(0, end)} satisfies ${kind.result}${text.slice(end)}`);
      });
      ({ program, checker } = project(config));
      asked = asked.map((questions, index) =>
        (questions?.heldAt ?? null) !== null ? questionsIn(names[index] ?? "") : null,
      );
    }
    const wrong = new Set(
      [...program.getSyntacticDiagnostics(), ...program.getSemanticDiagnostics()].map(
        ({ fileName }) => fileName,
      ),
    );
    const types = openTypes(typescript, checker);
    const open = asked.map((questions, index) =>
      questions === null || wrong.has(names[index]) ? null : questions,
    );
    const fits = types.fit(open);
    return scripts.filter((_, index) => fits[index] === true);
  }

  return {
    fitting(scripts, declaration, onChecked) {
      const fitting = new Set<Script>();
      if (isBroken || hasProfile(declaration)) return fitting;
      put("/isobind/secure-exec.d.ts", declaration);
      const kinds = kindsOf(declaration);
      const given = new Set(["input", ...readHeader(declaration).globals.keys()]);
      const plain = scripts.filter((script) => isPlain(script));
      const groups = [...Map.groupBy(plain, kindName)].filter(
        ([name]) => name === defaultKind || kinds.has(name),
      );
      try {
        for (const [at, [name, members]] of groups.entries()) {
          for (let from = 0; from < members.length; from += maxScripts) {
            const part = members.slice(from, from + maxScripts);
            for (const script of fittingOf(kindOf(name, kinds), at, part, given)) fitting.add(script);
            onChecked?.(fitting.size);
          }
        }
      } catch {
        // What it could not say is said by the other compiler.
        isBroken = true;
        this.close();
      }
      return fitting;
    },
    close() {
      isBroken = true;
      last = null;
      if (api !== null) end(api);
      api = null;
    },
  };
}

const started = new Set<Sync.API>();
let isWatched = false;

/** Ends with this process: its client would end it too, and let it say so on stderr. */
function begun(start: () => Sync.API): Sync.API {
  const api = collectingLess(start);
  if (!isWatched) process.prependOnceListener("exit", () => started.forEach(end));
  isWatched = true;
  started.add(api);
  return api;
}

function end(api: Sync.API): void {
  started.delete(api);
  endTypeScript7(api);
}

/** Its process collects garbage less often, unless the host says how: it takes a quarter less time, for twice the memory. */
function collectingLess<Result>(start: () => Result): Result {
  if (process.env["GOGC"] !== undefined) return start();
  process.env["GOGC"] = "400";
  try {
    return start();
  } finally {
    delete process.env["GOGC"];
  }
}

/** A file of the compiler's own library. Scripts that refer to files are not asked about. */
const isLibrary = (name: string): boolean => /\/lib\.[\w.]+\.d\.ts$/u.test(name);

const referencesTo = (libraries: readonly string[]): string =>
  libraries.map((name) => `/// <reference lib="${name}" />\n`).join("");

/** Leaves outside of a profile are found where they are taken, which is no question of types alone. */
const hasProfile = (declaration: string): boolean => /^\/\/ @profile /mu.test(declaration);
