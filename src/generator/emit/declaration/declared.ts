/**
 * One named type of the namespace: an interface where the author wrote one, else an alias.
 */
import type { Declaration } from "../../../contract/contract.ts";
import { typeName } from "../escape/identifier.ts";
import { group, hardline, indent, line, type Doc } from "../print/doc.ts";
import { commentDoc } from "./comment.ts";
import type { NameScope } from "./scope.ts";
import { typeParametersDoc } from "./signature.ts";
import { memberDocs, typeDoc } from "./type.ts";

export function declarationDoc(declaration: Declaration, scope: NameScope): Doc {
  const { shape } = declaration;
  const head: Doc = [typeName(declaration.name), typeParametersDoc(declaration.typeParameters, scope)];
  const comment = commentDoc(declaration.doc);
  if (shape.kind === "error") {
    const members = memberDocs({ properties: shape.properties, index: [] }, scope);
    return [comment, "interface ", head, ` extends ${scope.builtin(shape.name)} `, bodyDoc(members)];
  }
  if (shape.kind === "object" && declaration.kind === "interface") {
    return [comment, "interface ", head, " ", bodyDoc(memberDocs(shape, scope))];
  }
  return [comment, aliasDoc(head, declaration, scope), ";"];
}

function aliasDoc(head: Doc, { shape }: Declaration, scope: NameScope): Doc {
  const type = typeDoc(shape, scope);
  const isString = shape.kind === "literal" && shape.type === "string";
  return isString ? group(["type ", head, " =", indent([line, type])]) : group(["type ", head, " = ", type]);
}

function bodyDoc(members: readonly Doc[]): Doc {
  if (members.length === 0) return "{}";
  return ["{", indent(members.map((member): Doc => [hardline, member, ";"])), hardline, "}"];
}
