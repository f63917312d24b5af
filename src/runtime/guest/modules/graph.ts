/**
 * Holds the modules of one run and who names whom, with each export found in the module that holds its value. Mistakes
 * between modules are told here, in words for the author of the module that makes them.
 */
import { byText } from "../../../model/by-text.ts";
import { remembered } from "../../../model/remembered.ts";
import { didYouMean } from "../../../model/suggest.ts";
import { locate } from "../script/parse-module.ts";
import type { SyntaxFailure } from "../script/syntax-failure.ts";
import type { ModuleRecord } from "./record.ts";

export interface Node {
  readonly record: ModuleRecord;
  /** For each entry of `record.wanted` the module it is. */
  readonly wanted: readonly number[];
  /** The same for `record.dynamic`; a name that leads nowhere fails when it is asked for. */
  readonly dynamic: readonly (number | Failed)[];
}

/** Why the host has not given a module. */
export interface Failed {
  readonly code: string;
  readonly message: string;
}

/** Where a value is: in a module, under an index of its `exports`, or `namespace` for the module itself. */
export interface Target {
  readonly module: number;
  readonly export: number | "namespace";
}

export class Graph {
  readonly nodes: readonly Node[];
  readonly #exports: readonly ReadonlyMap<string, number>[];
  readonly #passed: readonly ReadonlyMap<string, { readonly from: number; readonly name: string | null }>[];

  constructor(nodes: readonly Node[]) {
    this.nodes = nodes;
    this.#exports = nodes.map(({ record }) => new Map(record.exports.map(([name], index) => [name, index])));
    this.#passed = nodes.map(({ record }) => new Map(record.passed.map((one) => [one.exported, one])));
  }

  /** What was found before, so that a chain of re-exports is walked once and not by each of its modules. */
  readonly #found = new Map<string, Target | "ambiguous" | null>();

  /**
   * Finds an export through re-exports: `null` when there is none, `ambiguous` when two `export *` offer different ones. Each module is asked for each
   * name once, so that circles and crossing paths cost no more than a walk.
   */
  find(module: number, name: string): Target | "ambiguous" | null {
    return remembered(this.#found, `${module} ${name}`, () => this.#search(module, name));
  }

  #search(module: number, name: string): Target | "ambiguous" | null {
    const asked = new Set<string>();
    const stack: (readonly [module: number, name: string])[] = [[module, name]];
    let found: Target | null = null;
    for (let next = stack.pop(); next; next = stack.pop()) {
      const [at, wanted] = next;
      const key = `${at} ${wanted}`;
      if (asked.has(key)) continue;
      asked.add(key);
      const known = this.#found.get(key);
      if (known === null) continue;
      if (known === "ambiguous") return known;
      const node = this.nodes[at]!;
      const own = this.#exports[at]!.get(wanted);
      const passed = this.#passed[at]!.get(wanted);
      let target: Target;
      if (known) target = known;
      else if (own !== undefined) target = { module: at, export: own };
      else if (passed?.name === null) target = { module: node.wanted[passed.from]!, export: "namespace" };
      else if (passed) {
        stack.push([node.wanted[passed.from]!, passed.name]);
        continue;
      } else {
        if (wanted !== "default")
          for (const star of node.record.stars) stack.push([node.wanted[star]!, wanted]);
        continue;
      }
      if (found && (found.module !== target.module || found.export !== target.export)) return "ambiguous";
      found = target;
    }
    return found;
  }

  /** The names of a module that lead somewhere, as its namespace lists them: in the order of their UTF-16 units. */
  names(module: number): readonly (readonly [name: string, target: Target])[] {
    const names = new Set<string>();
    const seen = new Set<number>();
    const stack = [module];
    for (let at = stack.pop(); at !== undefined; at = stack.pop()) {
      if (seen.has(at)) continue;
      seen.add(at);
      for (const map of [this.#exports[at]!, this.#passed[at]!])
        for (const name of map.keys()) if (at === module || name !== "default") names.add(name);
      const node = this.nodes[at]!;
      for (const star of node.record.stars) stack.push(node.wanted[star]!);
    }
    return [...names].sort(byText).flatMap((name) => {
      const target = this.find(module, name);
      return target === null || target === "ambiguous" ? [] : [[name, target] as const];
    });
  }

  /** Every import and re-export leads somewhere, or the first that does not is thrown as a `SyntaxFailure`. */
  check(order: readonly number[]): void {
    for (const module of order) {
      const { record, wanted } = this.nodes[module]!;
      for (const { from, name, at } of [...record.imports, ...record.passed]) {
        if (name === null) continue;
        const target = this.find(wanted[from]!, name);
        if (target === null || target === "ambiguous") throw this.#missing(module, from, name, at, target);
      }
    }
  }

  #missing(module: number, from: number, name: string, at: number, why: "ambiguous" | null): SyntaxFailure {
    const { record, wanted } = this.nodes[module]!;
    const specifier = JSON.stringify(record.wanted[from]!.specifier);
    const shown = JSON.stringify(name);
    if (why === "ambiguous") {
      const message = `The module ${specifier} offers ${shown} twice, by two \`export *\`. Import it from the module that has it.`;
      return locate(record.text, record.filename, at, message);
    }
    const offered = this.names(wanted[from]!).map(([one]) => one);
    const isType = /\.[cm]?ts$/i.test(record.filename) ? " Write `import type` for a type." : "";
    const hint = didYouMean(name, offered) || isType;
    return locate(
      record.text,
      record.filename,
      at,
      `The module ${specifier} does not export ${shown}.${hint}`,
    );
  }
}
