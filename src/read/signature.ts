/**
 * Lowers a signature: one way to call a leaf, as a script sees it.
 */
import type { Mode, Parameter, Signature, TypeParameter } from "../model/contract.ts";
import type { ParameterView, SignatureView, TypeHandle, TypeParameterView } from "./frontend/frontend.ts";
import { freeName } from "./free-name.ts";
import { lower, lowerWhole, outerScope, type Lowering, type Scope } from "./lowering.ts";
import { lowerResult } from "./mode.ts";
import type { Shape } from "../model/shape.ts";
import { notClonable } from "./shape/unsupported.ts";
import { withoutUndefined } from "../model/union.ts";
import { orUndefined } from "./shape/union.ts";

export function lowerSignature(lowering: Lowering, view: SignatureView): Signature {
  const scope: Scope = { ...outerScope, parameters: parameterNames(view.typeParameters) };
  const names = new Set<string>();
  return {
    typeParameters: lowerTypeParameters(lowering, view.typeParameters, scope),
    parameters: withCounts(
      view.parameters.map((parameter, at) => {
        const wished = parameter.name ?? readableName(lowering, parameter, at);
        const name = freeName(wished, (taken) => names.has(taken), "");
        names.add(name);
        return lowerParameter(lowering, parameter, name, scope);
      }),
    ),
    ...lowerModeAndResult(lowering, view, { ...scope, hint: "Result" }),
    source: view.source,
  };
}

function lowerModeAndResult(
  lowering: Lowering,
  view: SignatureView,
  scope: Scope,
): Pick<Signature, "mode" | "result"> {
  let mode: Mode = "sync";
  const result = lowerWhole(lowering, view.result, () => {
    const lowered = lowerResult(lowering, view.result, scope);
    mode = lowered.mode;
    return lowered.result;
  });
  return { mode, result };
}

export function parameterNames(parameters: readonly TypeParameterView[]): ReadonlyMap<TypeHandle, string> {
  return new Map(parameters.map(({ parameter, name }) => [parameter, name]));
}

export function lowerTypeParameters(
  lowering: Lowering,
  parameters: readonly TypeParameterView[],
  scope: Scope,
): TypeParameter[] {
  return parameters.map((parameter) => ({
    name: parameter.name,
    ...(parameter.isConst && { const: true }),
    constraint: parameter.constraint ? lower(lowering, parameter.constraint, scope) : null,
    default: parameter.default ? lower(lowering, parameter.default, scope) : null,
  }));
}

function lowerParameter(lowering: Lowering, view: ParameterView, name: string, scope: Scope): Parameter {
  if (view.isInFront)
    return { name, shape: restInFront(lowering, view), quantity: "rest", source: view.source };
  const shape = lowerWhole(lowering, view.use, () => lower(lowering, view.use, { ...scope, hint: name }));
  const { quantity, source } = view;
  // A script may always leave out an optional argument by passing `undefined`; the shape need not repeat it.
  if (quantity === "optional") return { name, shape: withoutUndefined(shape), quantity, source };
  const whole = view.whole && lower(lowering, view.whole, scope);
  return {
    name,
    shape: view.acceptsUndefined ? orUndefined(shape) : shape,
    quantity,
    // One of a type around the signature stands for its constraint, which the elements have said.
    ...(whole?.kind === "parameter" && { whole }),
    source,
  };
}

/**
 * Which arguments may be left out is decided from the end: nothing need be passed for a `void`, and an optional parameter
 * that stands before a required one has to be passed after all.
 *
 * `(a?: string, ...b: [number], c: void)` -> `(a: string | undefined, b: number, c?: void)`
 */
function withCounts(parameters: readonly Parameter[]): Parameter[] {
  let isRequiredBehind = false;
  return parameters
    .toReversed()
    .map((parameter): Parameter => {
      const { shape, quantity } = parameter;
      if (quantity === "one" && !isRequiredBehind && takesVoid(shape))
        return { ...parameter, quantity: "optional" };
      if (quantity === "optional" && isRequiredBehind)
        return { ...parameter, quantity: "one", shape: orUndefined(shape) };
      isRequiredBehind ||= quantity === "one";
      return parameter;
    })
    .toReversed();
}

function takesVoid(shape: Shape): boolean {
  return shape.kind === "void" || (shape.kind === "union" && shape.members.some(takesVoid));
}

/** Declared as a rest of everything it would take arguments that the host function does not. */
function restInFront(lowering: Lowering, { use }: ParameterView): Shape {
  return notClonable(
    lowering,
    use,
    "arguments behind a rest parameter have no place of their own",
    "Put the rest last, or take one array.",
  );
}

/** `({ host, port }: ServerOptions)` -> `serverOptions`; without a named type `options`, of an array `values`. */
function readableName(lowering: Lowering, view: ParameterView, at: number): string {
  const { kind } = lowering.frontend.view(view.use);
  const named = kind === "object" ? lowering.frontend.named(view.use)?.name.at(-1) : undefined;
  if (named !== undefined) return named.charAt(0).toLowerCase() + named.slice(1);
  return view.pattern === "object" ? "options" : view.pattern === "array" ? "values" : `argument${at + 1}`;
}
