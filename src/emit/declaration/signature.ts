/**
 * A call signature of a leaf: type parameters, parameters and result.
 */
import type { Parameter, Signature, TypeParameter } from "../../model/contract.ts";
import type { Shape } from "../../model/shape.ts";
import { label, typeName } from "../escape/identifier.ts";
import { fluid, group, ifBroken, indent, join, line, softline, willBreak, type Doc } from "../print/doc.ts";
import type { NameScope } from "./scope.ts";
import { argumentsDoc, objectContent, typeDoc, unionDoc } from "./type.ts";

export function signatureDoc(signature: Signature, scope: NameScope): Doc {
  const parameters = parametersDoc(signature, scope);
  const result = resultDoc(signature, scope);
  const grouped = groupsParameters(signature, result);
  return group([grouped ? group(parameters) : parameters, group([": ", result])]);
}

function parametersDoc({ typeParameters, parameters }: Signature, scope: NameScope): Doc {
  const head = typeParametersDoc(typeParameters, scope);
  const [only] = parameters;
  if (only === undefined) return [head, "()"];
  if (parameters.length === 1 && only.quantity !== "rest" && only.shape.kind === "object") {
    return [head, "(", parameterName(only, 0), objectContent(only.shape, scope), ")"];
  }
  const printed = parameters.map((parameter, at) => parameterDoc(parameter, at, scope));
  const hasRest = parameters.at(-1)?.quantity === "rest";
  const trailing = hasRest ? "" : ifBroken(",");
  return [head, "(", indent([softline, join([",", line], printed)]), trailing, softline, ")"];
}

function parameterDoc(parameter: Parameter, at: number, scope: NameScope): Doc {
  const { shape, quantity, whole } = parameter;
  const type: Shape =
    whole ?? (quantity === "rest" ? { kind: "array", element: shape, readonly: false } : shape);
  return [parameterName(parameter, at), typeDoc(type, scope)];
}

function parameterName({ name, quantity }: Parameter, at: number): string {
  return `${quantity === "rest" ? "..." : ""}${label(name, at + 1)}${quantity === "optional" ? "?: " : ": "}`;
}

/** Of `async` a promise, of `maybe` either. */
function resultDoc({ result, mode }: Signature, scope: NameScope): Doc {
  if (mode === "sync") return typeDoc(result, scope);
  const promise = argumentsDoc(scope.builtin("Promise"), [
    { shape: result, doc: typeDoc(result, scope, "argument") },
  ]);
  if (mode === "async") return promise;
  const members = result.kind === "union" ? result.members : [result];
  const promiseShape: Shape = { kind: "reference", name: "Promise", typeArguments: [result] };
  return unionDoc(
    [
      ...members.map((shape) => ({ shape, doc: typeDoc(shape, scope, "member") })),
      { shape: promiseShape, doc: promise },
    ],
    "alone",
  );
}

/** Prettier breaks the result before the parameters when the one parameter is short and the result is not. */
function groupsParameters({ typeParameters, parameters, result, mode }: Signature, resultDoc: Doc): boolean {
  const [first] = typeParameters;
  if (typeParameters.length > 1) return false;
  if (first !== undefined && (first.constraint !== null || first.default !== null)) return false;
  const isObject = mode === "sync" && result.kind === "object";
  return parameters.length === 1 && (isObject || willBreak(resultDoc));
}

export function typeParametersDoc(parameters: readonly TypeParameter[], scope: NameScope): Doc {
  if (parameters.length === 0) return "";
  const printed = parameters.map((parameter): Doc =>
    group([
      parameter.const ? "const " : "",
      typeName(parameter.name),
      parameter.constraint === null ? "" : [" extends", fluid(typeDoc(parameter.constraint, scope))],
      parameter.default === null ? "" : [" =", fluid(typeDoc(parameter.default, scope))],
    ]),
  );
  return group(["<", indent([softline, join([",", line], printed)]), ifBroken(","), softline, ">"]);
}
