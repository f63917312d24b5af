/**
 * Reads what a definition says of the globals of scripts: the properties of its `Globals`.
 *
 * `interface Globals { region: "eu" | "us"; rates?: Rates }` -> `region` and `rates`, with their types.
 */
import { placeOr, type ContractGlobals } from "../model/contract.ts";
import { globalNameReason } from "../model/globals.ts";
import type { Property } from "../model/shape.ts";
import { globalShapesOf, mapGlobals } from "../model/signatures.ts";
import { webGlobals } from "../model/web-globals.ts";
import { withinBudget } from "./budget.ts";
import type { GlobalsView, PropertyView } from "./frontend/frontend.ts";
import { lowerWhole, outerScope, type Lowering } from "./lowering.ts";
import { lowerProperty } from "./shape/property.ts";

/** `null` when the definition says nothing of globals. */
export function readGlobals(lowering: Lowering, views: readonly GlobalsView[]): ContractGlobals | null {
  const [view, second] = views;
  if (view === undefined) return null;
  const { origin, doc } = view;
  const head = { properties: [], doc, source: view.source, origin };
  const invalid = (problem: Problem, source = view.source): ContractGlobals => ({
    ...head,
    source,
    invalid: problem,
  });
  if (second !== undefined) return invalid(twice, second.source);
  const { frontend } = lowering;
  const { kind } = frontend.view({ type: view.type, node: null });
  const isList = kind === "object" || kind === "intersection";
  if (!isList || frontend.indexes(view.type).length > 0) return invalid(noNames);
  const properties = frontend.properties(view.type);
  for (const property of properties) {
    const problem = nameProblem(property);
    if (problem !== null) return invalid(problem, placeOr(property.source ?? undefined, view.source));
  }
  const globals = { ...head, properties: properties.map((property) => lowerGlobal(lowering, property)) };
  return withinBudget(lowering, globals, globalShapesOf, mapGlobals);
}

type Problem = NonNullable<ContractGlobals["invalid"]>;

function lowerGlobal(lowering: Lowering, view: PropertyView): Property {
  let property: Property | undefined;
  const shape = lowerWhole(lowering, view.use, () => {
    property = lowerProperty(lowering, view, outerScope);
    return property.shape;
  });
  // Frozen, whatever the definition says.
  return { ...property!, shape, readonly: true };
}

function nameProblem({ name, symbol }: PropertyView): Problem | null {
  if (symbol) return { reason: "has a key that is a symbol, which no script could write", help: rename };
  const reason = globalNameReason(name);
  if (reason !== null) return { reason: `has a property \`${name}\`, which ${reason}`, help: rename };
  if (!Object.hasOwn(webGlobals, name)) return null;
  return {
    reason: `has a property \`${name}\`, which every script has already as a web global`,
    help: rename,
  };
}

const rename = "Give it another name.";
const noNames = {
  reason: "is no list of names with their types",
  help: "Write `export interface Globals { region: string }`, with a property for each global.",
};
const twice = { reason: "is said twice", help: "Remove one of the two: the exported type, or the argument." };
