/**
 * Prints shapes as TypeScript, for asking the real compiler about them. On purpose not the product's printer: an
 * oracle must not share its mistakes.
 */
import type { Declaration } from "../../src/model/contract.ts";
import type { Property, Shape } from "../../src/model/shape.ts";

export function shapeSource(shape: Shape): string {
  switch (shape.kind) {
    case "literal":
      if (shape.type === "string") return JSON.stringify(shape.value);
      return shape.type === "bigint" ? `${shape.value}n` : String(shape.value);
    case "template":
      return `\`${shape.texts.map((text, at) => text + (shape.slots[at] ? `\${${shapeSource(shape.slots[at])}}` : "")).join("")}\``;
    case "cased":
      return shape.casings.reduce((inner, casing) => `${casing}<${inner}>`, shapeSource(shape.base));
    case "array":
      return `${shape.readonly ? "Readonly" : ""}Array<${shapeSource(shape.element)}>`;
    case "tuple": {
      const marks = { one: "", optional: "?", rest: "[]" };
      const elements = shape.elements.map(
        (element) =>
          `${element.quantity === "rest" ? "..." : ""}(${shapeSource(element.shape)})${marks[element.quantity]}`,
      );
      return `${shape.readonly ? "readonly " : ""}[${elements.join(", ")}]`;
    }
    case "object": {
      const index = shape.index.map(({ key, value, readonly }) => {
        const type = typeof key === "string" ? key : shapeSource(key);
        return `${readonly ? "readonly " : ""}[key: ${type}]: ${shapeSource(value)}`;
      });
      return `{ ${[...shape.properties.map(propertySource), ...index].join("; ")} }`;
    }
    case "map":
      return `${shape.readonly ? "Readonly" : ""}Map<${shapeSource(shape.key)}, ${shapeSource(shape.value)}>`;
    case "set":
      return `${shape.readonly ? "Readonly" : ""}Set<${shapeSource(shape.element)}>`;
    case "builtin":
      return shape.name;
    case "error":
      return `(${shape.name} & { ${shape.properties.map(propertySource).join("; ")} })`;
    case "union":
      return `(${shape.members.map(shapeSource).join(" | ")})`;
    case "intersection":
      return `(${shape.members.map(shapeSource).join(" & ")})`;
    case "brand":
      return `(${shapeSource(shape.base)} & ${shapeSource(shape.tag)})`;
    case "reference":
      return shape.typeArguments.length === 0
        ? shape.name
        : `${shape.name}<${shape.typeArguments.map(shapeSource).join(", ")}>`;
    case "parameter":
      return shape.name;
    case "nonprimitive":
      return "object";
    case "deferred":
    case "unsupported":
      throw new Error(`There is no source for a shape of kind ${shape.kind}.`);
    default:
      return shape.kind;
  }
}

export function declarationSource(declaration: Declaration): string {
  const parameters = declaration.typeParameters.map(({ name, default: fallback }) =>
    fallback ? `${name} = ${shapeSource(fallback)}` : name,
  );
  const head = `${declaration.name}${parameters.length > 0 ? `<${parameters.join(", ")}>` : ""}`;
  return declaration.kind === "interface"
    ? `interface ${head} ${shapeSource(declaration.shape)}`
    : `type ${head} = ${shapeSource(declaration.shape)};`;
}

function propertySource({ name, shape, optional, readonly }: Property): string {
  return `${readonly ? "readonly " : ""}${JSON.stringify(name)}${optional ? "?" : ""}: ${shapeSource(shape)}`;
}
