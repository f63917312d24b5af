/**
 * Links a graph as the prelude runs it: the code of each module, and one plan that says who names whom, where each import
 * finds its value, and in which order modules are evaluated. All that can be known before a script runs is decided here,
 * where a script cannot reach.
 */
import { remembered } from "../../../model/remembered.ts";
import type { ModulePlan, PlannedModule, PlannedTarget } from "../prelude/module-plan.ts";
import { emitModule, type EmittedModule, type Placed } from "./emit.ts";
import type { Graph, Target } from "./graph.ts";
import { circles, earlyModules, evaluationOrder } from "./order.ts";
import type { ModuleRecord } from "./record.ts";

export interface LinkedModule extends EmittedModule {
  readonly filename: string;
  /** What its imports are looked up in. */
  readonly looked: string;
}

export interface Linked {
  /** The script is the first. */
  readonly modules: readonly LinkedModule[];
  readonly plan: ModulePlan;
  readonly exportNames: readonly string[];
}

/** Throws `SyntaxFailure`, and nothing else. */
export function link(graph: Graph): Linked {
  const { nodes } = graph;
  const edges = nodes.map(({ wanted }) => [...new Set(wanted)]);
  const circle = circles(edges);
  const roots = [
    ...new Set([0, ...nodes.flatMap(({ dynamic }) => dynamic.filter((one) => typeof one === "number"))]),
  ];
  const orders = new Map(roots.map((root) => [root, evaluationOrder(edges, root)]));
  for (const order of orders.values()) graph.check(order);
  const early = earlyModules(edges, circle);
  const named = new Set(roots.slice(1));

  const modules: LinkedModule[] = [];
  const planned: PlannedModule[] = [];
  nodes.forEach(({ record, wanted, dynamic }, index) => {
    const isEarly = early.has(index);
    const fixed: (readonly [local: string, target: Target])[] = [];
    const live: (readonly [local: string, target: Target])[] = [];
    for (const { local, from, name } of record.imports) {
      const target = name === null ? whole(wanted[from]!) : found(graph.find(wanted[from]!, name));
      const isLive = isEarly || changes(graph, target);
      (isLive ? live : fixed).push([local, target]);
    }
    for (const [, target] of [...fixed, ...live]) if (target.export === "namespace") named.add(target.module);
    const placed = {
      early: isEarly,
      fixed: fixed.map(([local]) => local),
      live: live.map(([local]) => local),
    };
    modules.push({ filename: record.filename, looked: record.tools[1], ...recallEmitted(record, placed) });
    planned.push({
      isAsync: record.isAsync,
      early: isEarly,
      fixed: fixed.map(([, target]) => planTarget(target)),
      live: live.map(([local, target]) => [local, ...planTarget(target)]),
      wanted: edges[index]!,
      circle: circle[index]!,
      dynamic: record.dynamic.map(({ specifier, kind }, at) => {
        const one = dynamic[at]!;
        return typeof one === "number"
          ? [specifier, kind, one, "", ""]
          : [specifier, kind, -1, one.message, one.code];
      }),
    });
  });

  const exports = graph.names(0);
  for (const [, target] of exports) if (target.export === "namespace") named.add(target.module);
  const names = new Map<number, readonly (readonly [string, Target])[]>();
  // A set grows while it is walked: a namespace may hold another.
  for (const module of named) {
    const all = graph.names(module);
    names.set(module, all);
    for (const [, target] of all) if (target.export === "namespace") named.add(target.module);
  }
  return {
    modules,
    plan: {
      modules: planned,
      orders: nodes.map((_, index) => orders.get(index) ?? null),
      names: nodes.map(
        (_, index) => names.get(index)?.map(([name, target]) => [name, ...planTarget(target)]) ?? null,
      ),
      exports: exports.map(([, target]) => planTarget(target)),
    },
    exportNames: exports.map(([name]) => name),
  };
}

function whole(module: number): Target {
  return { module, export: "namespace" };
}

function found(target: Target | "ambiguous" | null): Target {
  if (target === null || target === "ambiguous") throw new Error("An import that was checked leads nowhere.");
  return target;
}

/** Whether the value may be another one after its module has ended. */
function changes(graph: Graph, target: Target): boolean {
  if (target.export === "namespace") return false;
  const { exports, changing } = graph.nodes[target.module]!.record;
  return changing.has(exports[target.export]![1]);
}

function planTarget({ module, export: index }: Target): PlannedTarget {
  return [module, index === "namespace" ? -1 : index];
}

const emitted = new WeakMap<ModuleRecord, Map<string, EmittedModule>>();

/** Most modules have the same place in every graph they are part of. */
function recallEmitted(record: ModuleRecord, placed: Placed): EmittedModule {
  const known = remembered(emitted, record, () => new Map<string, EmittedModule>());
  const key = JSON.stringify(placed);
  let module = known.get(key);
  if (!module) {
    if (known.size >= maxPlaces) known.clear();
    known.set(key, (module = emitModule(record, placed)));
  }
  return module;
}

/** Places of one module that are kept. */
const maxPlaces = 4;
