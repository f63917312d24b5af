/**
 * Prints a shape for people, on one line: `{ id: string; tags?: string[] }`. For messages only; what is emitted into
 * a declaration is printed elsewhere, with all its escapes and line breaks.
 */
import type { Parameter, Signature } from "../model/contract.ts";
import { isKeyword } from "../model/kinds.ts";
import { isIdentifier } from "../model/names.ts";
import type { Property, Shape, TupleElement } from "../model/shape.ts";

/** Longer text is cut: a message is read, not compiled. */
const maxLength = 120;

export function shapeText(shape: Shape): string {
  const text = print(shape);
  return text.length <= maxLength ? text : `${text.slice(0, maxLength - 2)} …`;
}

/** `(sql: string, ...params: SqlValue[]) => Promise<Row[]>`. */
export function signatureText(signature: Signature): string {
  const names = signature.typeParameters.map(
    ({ name, constraint, ...parameter }) =>
      (parameter.const ? "const " : "") + name + (constraint ? ` extends ${print(constraint)}` : ""),
  );
  const generic = names.length > 0 ? `<${names.join(", ")}>` : "";
  const result = print(signature.result);
  const returns = { sync: result, async: `Promise<${result}>`, maybe: `${result} | Promise<${result}>` }[
    signature.mode
  ];
  return `${generic}(${signature.parameters.map(parameterText).join(", ")}) => ${returns}`;
}

function parameterText(parameter: Parameter): string {
  if (parameter.whole) return `...${parameter.name}: ${print(parameter.whole)}`;
  if (parameter.quantity === "rest") return `...${parameter.name}: ${grouped(parameter.shape)}[]`;
  return `${parameter.name}${parameter.quantity === "optional" ? "?" : ""}: ${print(parameter.shape)}`;
}

function print(shape: Shape): string {
  if (isKeyword(shape)) return shape.kind === "nonprimitive" ? "object" : shape.kind;
  switch (shape.kind) {
    case "literal":
      if (shape.type === "string") return JSON.stringify(shape.value);
      return shape.type === "bigint" ? `${shape.value}n` : String(shape.value);
    case "template":
      return `\`${shape.texts.map((text, at) => text + (shape.slots[at] ? `\${${print(shape.slots[at])}}` : "")).join("")}\``;
    case "cased":
      return shape.casings.reduce((inner, casing) => `${casing}<${inner}>`, print(shape.base));
    case "array":
      return `${shape.readonly ? "readonly " : ""}${grouped(shape.element)}[]`;
    case "tuple":
      return `${shape.readonly ? "readonly " : ""}[${shape.elements.map(elementText).join(", ")}]`;
    case "object": {
      const index = shape.index.map(({ key, value, readonly }) => {
        return `${readonly ? "readonly " : ""}[key: ${typeof key === "string" ? key : print(key)}]: ${print(value)}`;
      });
      const parts = [...shape.properties.map(propertyText), ...index];
      return parts.length === 0 ? "{}" : `{ ${parts.join("; ")} }`;
    }
    case "map":
      return `${shape.readonly ? "Readonly" : ""}Map<${print(shape.key)}, ${print(shape.value)}>`;
    case "set":
      return `${shape.readonly ? "Readonly" : ""}Set<${print(shape.element)}>`;
    case "builtin":
      return shape.name;
    case "error":
      return shape.properties.length === 0
        ? shape.name
        : `${shape.name} & { ${shape.properties.map(propertyText).join("; ")} }`;
    case "union":
      return shape.members.map(print).join(" | ");
    case "intersection":
      return shape.members.map(grouped).join(" & ");
    case "brand":
      return `${grouped(shape.base)} & ${print(shape.tag)}`;
    case "reference":
      return shape.typeArguments.length === 0
        ? shape.name
        : `${shape.name}<${shape.typeArguments.map(print).join(", ")}>`;
    case "parameter":
      return shape.name;
    case "deferred":
      return shape.text;
    case "unsupported":
      return shape.type;
  }
}

function grouped(shape: Shape): string {
  const text = print(shape);
  const loose = shape.kind === "union" || shape.kind === "intersection" || shape.kind === "brand";
  return loose || ("readonly" in shape && shape.readonly && text.startsWith("readonly "))
    ? `(${text})`
    : text;
}

function propertyText(property: Property): string {
  const name = isIdentifier(property.name) ? property.name : JSON.stringify(property.name);
  return `${property.readonly ? "readonly " : ""}${name}${property.optional ? "?" : ""}: ${print(property.shape)}`;
}

function elementText(element: TupleElement): string {
  const many = element.quantity === "rest" ? `${grouped(element.shape)}[]` : print(element.shape);
  if (element.label === null) {
    if (element.quantity === "rest") return `...${many}`;
    return element.quantity === "optional" ? `${grouped(element.shape)}?` : many;
  }
  if (element.quantity === "rest") return `...${element.label}: ${many}`;
  return `${element.label}${element.quantity === "optional" ? "?" : ""}: ${many}`;
}
