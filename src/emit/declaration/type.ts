/**
 * A shape as a TypeScript type: one function per kind. Layout follows prettier's, construct by construct.
 */
import { isKeyword } from "../../model/kinds.ts";
import type { Property, Shape } from "../../model/shape.ts";
import { withoutUndefined } from "../../model/union.ts";
import { label, typeName } from "../escape/identifier.ts";
import { propertyName } from "../escape/property-name.ts";
import { quoted } from "../escape/string.ts";
import { templateText } from "../escape/template.ts";
import { group, ifBroken, indent, join, line, print, softline, type Doc } from "../print/doc.ts";
import { numberText } from "../print/data.ts";
import { commentDoc } from "./comment.ts";
import type { NameScope } from "./scope.ts";
import { deferredText } from "./deferred.ts";
import { hugs, hugsAsUnion } from "./hugging.ts";

/**
 * Where a type stands, as far as it changes its layout or whether it needs parentheses: an `operand` of `[]`, `?` or
 * `readonly`, a `member` of a union or intersection, an `argument` of a generic, one of several elements of a `tuple`,
 * the right side of an `alias`.
 */
export type Place = "alone" | "alias" | "argument" | "tuple" | "operand" | "member";

export function typeDoc(shape: Shape, scope: NameScope, place: Place = "alone"): Doc {
  if (isKeyword(shape)) return shape.kind === "nonprimitive" ? "object" : shape.kind;
  switch (shape.kind) {
    case "literal":
      return literalText(shape);
    case "template":
      return `\`${shape.texts.map((text, at) => templateText(text) + slotText(shape.slots[at], scope)).join("")}\``;
    case "cased":
      return casedDoc(shape, scope);
    case "array":
      return arrayDoc(shape.element, shape.readonly, scope, place);
    case "tuple":
      return tupleDoc(shape, scope, place);
    case "object":
      return objectDoc(shape, scope);
    case "map":
      return genericDoc(shape.readonly ? "ReadonlyMap" : "Map", [shape.key, shape.value], scope);
    case "set":
      return genericDoc(shape.readonly ? "ReadonlySet" : "Set", [shape.element], scope);
    case "builtin":
      return scope.builtin(shape.name);
    case "error":
      return errorDoc(shape, scope, place);
    case "union":
      return unionDoc(
        shape.members.map((member) => ({ shape: member, doc: typeDoc(member, scope, "member") })),
        place,
      );
    case "intersection":
      return operandDoc(intersectionDoc(shape.members, scope), place);
    case "brand":
      return operandDoc(intersectionDoc(brandMembers(shape), scope), place);
    case "reference":
      return genericDoc(null, shape.typeArguments, scope, typeName(shape.name));
    case "parameter":
      return typeName(shape.name);
    case "deferred":
      return operandDoc(deferredText(shape.text), /^[\w.$]+(<.*>)?$/su.test(shape.text) ? "alone" : place);
    case "unsupported":
      throw new Error(`A type that cannot cross reached the emitter: ${shape.type}`);
  }
}

function literalText(shape: Extract<Shape, { kind: "literal" }>): string {
  switch (shape.type) {
    case "string":
      return quoted(shape.value);
    case "bigint":
      return `${shape.value}n`;
    case "boolean":
      return String(shape.value);
    case "number":
      // `1e999` is a literal type; its value has no other spelling.
      if (!Number.isFinite(shape.value)) return shape.value < 0 ? "-1e999" : "1e999";
      return numberText(shape.value);
  }
}

function slotText(slot: Shape | undefined, scope: NameScope): string {
  return slot === undefined ? "" : `\${${print(typeDoc(slot, scope), Infinity)}}`;
}

/** `Uppercase<Lowercase<string>>`: laid out as any generic. */
function casedDoc(shape: Extract<Shape, { kind: "cased" }>, scope: NameScope): Doc {
  let inner: Printed = { shape: shape.base, doc: typeDoc(shape.base, scope, "argument") };
  for (const casing of shape.casings) inner = { shape, doc: argumentsDoc(scope.builtin(casing), [inner]) };
  return inner.doc;
}

function arrayDoc(element: Shape, readonly: boolean, scope: NameScope, place: Place): Doc {
  if (element.kind === "deferred") return genericDoc(readonly ? "ReadonlyArray" : "Array", [element], scope);
  const array: Doc = [typeDoc(element, scope, "operand"), "[]"];
  return readonly ? operatorDoc(["readonly ", array], place) : array;
}

function tupleDoc(shape: Extract<Shape, { kind: "tuple" }>, scope: NameScope, place: Place): Doc {
  const named = shape.elements.every((element) => element.label !== null);
  const elements = shape.elements.map(({ label: name, shape: part, quantity }, at): Doc => {
    if (named && name !== null) {
      const key = `${quantity === "rest" ? "..." : ""}${label(name, at)}${quantity === "optional" ? "?" : ""}`;
      const type: Shape = quantity === "rest" ? { kind: "array", element: part, readonly: false } : part;
      return [key, ": ", typeDoc(type, scope)];
    }
    if (quantity === "rest")
      return ["...", typeDoc({ kind: "array", element: part, readonly: false }, scope, "tuple")];
    if (quantity === "optional") return [typeDoc(part, scope, "operand"), "?"];
    return typeDoc(part, scope, shape.elements.length > 1 ? "tuple" : "argument");
  });
  if (elements.length === 0) return shape.readonly ? operatorDoc("readonly []", place) : "[]";
  const tuple = group([
    "[",
    indent([
      softline,
      join(
        [",", line],
        elements.map((element) => group(element)),
      ),
    ]),
    ifBroken(","),
    softline,
    "]",
  ]);
  return shape.readonly ? operatorDoc(["readonly ", tuple], place) : tuple;
}

/** `readonly T[]` binds less tightly than `[]` and `?`. */
function operatorDoc(doc: Doc, place: Place): Doc {
  return place === "operand" ? ["(", doc, ")"] : doc;
}

/** An intersection binds less tightly than `[]`; inside a union prettier wants it in parentheses too. */
function operandDoc(doc: Doc, place: Place): Doc {
  return place === "operand" || place === "member" ? ["(", doc, ")"] : doc;
}

/** An object type on one line where it fits, unless a property is documented. */
function objectDoc(shape: ObjectMembers, scope: NameScope): Doc {
  const content = objectContent(shape, scope);
  return content === "{}" ? content : scope.objectGroup(content);
}

/** The same without a group of its own: it is broken with what is around it. */
export function objectContent(shape: ObjectMembers, scope: NameScope): Doc {
  const members = memberDocs(shape, scope);
  if (members.length === 0) return "{}";
  return ["{", indent([line, join([";", line], members)]), ifBroken(";"), line, "}"];
}

type ObjectMembers = Pick<Extract<Shape, { kind: "object" }>, "properties" | "index">;

/** The members of an object type, without the semicolons between them. */
export function memberDocs(shape: ObjectMembers, scope: NameScope): Doc[] {
  return [
    ...shape.index.map(({ key, value, readonly }): Doc => [
      readonly ? "readonly " : "",
      "[",
      group([indent([softline, "key: ", typeof key === "string" ? key : typeDoc(key, scope)]), softline]),
      "]: ",
      typeDoc(value, scope),
    ]),
    ...shape.properties.map((property) => propertyDoc(property, scope)),
  ];
}

function propertyDoc({ name, shape, optional, readonly, doc }: Property, scope: NameScope): Doc {
  const key = `${readonly ? "readonly " : ""}${propertyName(name)}${optional ? "?" : ""}: `;
  const type = optional && scope.isTerse ? withoutUndefined(shape) : shape;
  return [commentDoc(doc), key, typeDoc(type, scope)];
}

function errorDoc(shape: Extract<Shape, { kind: "error" }>, scope: NameScope, place: Place): Doc {
  const base = scope.builtin(shape.name);
  if (shape.properties.length === 0) return base;
  return operandDoc([base, " & ", objectDoc({ properties: shape.properties, index: [] }, scope)], place);
}

/** `Name<A, B>`; one argument that is simple or an object literal hugs its brackets. */
function genericDoc(
  builtin: string | null,
  args: readonly Shape[],
  scope: NameScope,
  name: string = scope.builtin(builtin ?? ""),
): Doc {
  return argumentsDoc(
    name,
    args.map((shape) => ({ shape, doc: typeDoc(shape, scope, "argument") })),
  );
}

interface Printed {
  readonly shape: Shape;
  readonly doc: Doc;
}

export function argumentsDoc(name: string, args: readonly Printed[]): Doc {
  const [only] = args;
  if (only === undefined) return name;
  if (args.length === 1 && hugs(only.shape)) return [name, "<", only.doc, ">"];
  const list = join(
    [",", line],
    args.map(({ doc }) => doc),
  );
  return [name, group(["<", indent([softline, list]), softline, ">"])];
}

export function unionDoc(members: readonly Printed[], place: Place): Doc {
  const isNested = place === "operand" || place === "member";
  if (hugsAsUnion(members.map(({ shape }) => shape))) {
    const hugged = join(
      " | ",
      members.map(({ doc }) => doc),
    );
    return isNested ? ["(", hugged, ")"] : hugged;
  }
  const code = group(
    members.map(({ doc }, at): Doc => [at === 0 ? ifBroken("| ") : [line, "| "], indent(doc)]),
  );
  if (isNested) return ["(", group([indent([softline, code]), softline]), ")"];
  if (place === "tuple") {
    return group([indent([ifBroken(["(", softline]), code]), softline, ifBroken(")")]);
  }
  return place === "argument" || place === "alias" ? code : group(indent([softline, code]));
}

/** `string & { __tag: A } & { __tag: B }`: a brand of a brand has no parentheses. */
function brandMembers({ base, tag }: Extract<Shape, { kind: "brand" }>): readonly Shape[] {
  return [...(base.kind === "brand" ? brandMembers(base) : [base]), tag];
}

/** Objects are joined on the line; other members may start one. */
function intersectionDoc(members: readonly Shape[], scope: NameScope): Doc {
  let indented = false;
  return group(
    members.map((member, at): Doc => {
      const doc = typeDoc(member, scope, "member");
      const previous = members[at - 1];
      if (previous === undefined) return doc;
      const isObject = member.kind === "object";
      const wasObject = previous.kind === "object";
      if (isObject && wasObject) return [" & ", indented ? indent(doc) : doc];
      if (!isObject && !wasObject) return indent([" &", line, doc]);
      if (at > 1) indented = true;
      return [" & ", at > 1 ? indent(doc) : doc];
    }),
  );
}
