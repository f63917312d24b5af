/**
 * Reads what a definition says a script is into kinds of script.
 *
 * `interface Script { input: Period; result: Report }` -> one kind, `default`;
 * `interface Scripts { rule: { input: Order; result: boolean } }` -> a kind for each property.
 */
import { defaultKind, placeOr, type ScriptKind } from "../model/contract.ts";
import { isIdentifier } from "../model/names.ts";
import type { Shape } from "../model/shape.ts";
import { mapScript, scriptShapesOf } from "../model/signatures.ts";
import { didYouMean } from "../model/suggest.ts";
import { withinBudget } from "./budget.ts";
import type { PropertyView, ScriptsView, TypeHandle } from "./frontend/frontend.ts";
import { lower, lowerWhole, outerScope, type Lowering } from "./lowering.ts";
import { orUndefined } from "./shape/union.ts";

type Head = Pick<ScriptKind, "name" | "doc" | "source" | "origin">;

/** Every kind, in the author's order; empty when the definition says nothing of scripts. */
export function readScripts(lowering: Lowering, views: readonly ScriptsView[]): readonly ScriptKind[] {
  const kinds = views.flatMap((view) => kindsOf(lowering, view));
  return kinds.map((kind, at) =>
    kinds.findIndex(({ name }) => name === kind.name) === at ? kind : invalid(kind, twice(kind.name)),
  );
}

function kindsOf(lowering: Lowering, view: ScriptsView): readonly ScriptKind[] {
  const { frontend } = lowering;
  const { form, type, doc, source } = view;
  const origin: Head["origin"] = view.origin === "argument" ? "argument" : form;
  // A type that happens to have this name says something else.
  if (form === "Script") {
    if (!saysScript(lowering, type)) return [];
    return [readKind(lowering, { name: defaultKind, doc, source, origin }, type)];
  }
  const properties = frontend.properties(type);
  if (!properties.some(({ use }) => saysScript(lowering, use.type))) return [];
  return properties.map((property) => {
    const { name } = property;
    const head = { name, doc: property.doc, source: placeOr(property.source ?? undefined, source), origin };
    if (property.symbol || !isIdentifier(name)) return invalid({ ...head, ...nothing }, badName);
    if (property.optional) return invalid({ ...head, ...nothing }, optional);
    return readKind(lowering, head, property.use.type);
  });
}

const nothing = { input: null, result: null };
const parts = ["input", "result"] as const;

function saysScript({ frontend }: Lowering, type: TypeHandle): boolean {
  const { kind } = frontend.view({ type, node: null });
  return (
    (kind === "object" || kind === "intersection") &&
    frontend.properties(type).some(({ name }) => isPart(name))
  );
}

const isPart = (name: string): name is (typeof parts)[number] => (parts as readonly string[]).includes(name);

function readKind(lowering: Lowering, head: Head, type: TypeHandle): ScriptKind {
  if (!saysScript(lowering, type)) return invalid({ ...head, ...nothing }, empty);
  const properties = lowering.frontend.properties(type);
  const other = properties.find(({ name, symbol }) => symbol || !isPart(name));
  if (other)
    return invalid({ ...head, ...nothing, source: other.source ?? head.source }, unknownPart(other.name));
  const [input = null, result = null] = parts.map((part) => {
    const property = properties.find(({ name }) => name === part);
    return property ? lowerPart(lowering, property) : null;
  });
  const docs = properties.filter(({ doc }) => doc.text !== "" || doc.tags.length > 0);
  const partDocs = Object.fromEntries(docs.map(({ name, doc }) => [name, doc]));
  const kind: ScriptKind = { ...head, ...(docs.length > 0 && { partDocs }), input, result };
  return withinBudget(lowering, kind, scriptShapesOf, mapScript);
}

function lowerPart(lowering: Lowering, { name, use, optional, source }: PropertyView): Shape {
  const shape = lowerWhole(lowering, use, () =>
    lower(lowering, use, { ...outerScope, hint: hints[name] ?? "" }),
  );
  const whole = optional ? orUndefined(shape) : shape;
  return whole.kind === "unsupported" && whole.source === undefined && source ? { ...whole, source } : whole;
}

/** What a recursive type without a name is called. */
const hints: Readonly<Record<string, string>> = { input: "Input", result: "Result" };

type Problem = NonNullable<ScriptKind["invalid"]>;

function invalid(kind: ScriptKind, problem: Problem): ScriptKind {
  return { ...kind, ...nothing, invalid: problem };
}

const example = "Write `{ input: Period; result: Report }`, or one of the two.";
const empty: Problem = { reason: "says neither what a script is given nor what it gives", help: example };
const badName: Problem = {
  reason: "cannot be the name of a kind of script, because it is not an identifier",
  help: "Rename it: scripts write it in a line `// @script name`.",
};
const optional: Problem = {
  reason: "is optional, and a kind of script is there or is not",
  help: "Remove the `?`, or the property.",
};
const unknownPart = (name: string): Problem => ({
  reason: `has a property \`${name}\`, and a script has only \`input\` and \`result\``,
  help: `${example}${didYouMean(name, parts)}`,
});
const twice = (name: string): Problem => ({
  reason: `is the second kind of script of this name${name === defaultKind ? ': `Script` is `Scripts["default"]`' : ""}`,
  help: "Remove one of the two.",
});
