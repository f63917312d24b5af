/**
 * One named type of the namespace: an interface where the author wrote one, else an alias.
 */
import type { Declaration } from "../../model/contract.ts";
import { declarationShapesOf } from "../../model/signatures.ts";
import { typeName } from "../escape/identifier.ts";
import { fluid, group, hardline, indent, line, type Doc } from "../print/doc.ts";
import { commentDoc } from "./comment.ts";
import type { NameScope } from "./scope.ts";
import { typeParametersDoc } from "./signature.ts";
import { ignoreDoc } from "./deferred.ts";
import { hugsAsUnion } from "./hugging.ts";
import { memberDocs, typeDoc } from "./type.ts";

export function declarationDoc(declaration: Declaration, scope: NameScope): Doc {
  const { shape } = declaration;
  const head: Doc = [typeName(declaration.name), typeParametersDoc(declaration.typeParameters, scope)];
  const comment: Doc = [ignoreDoc(declarationShapesOf(declaration)), commentDoc(declaration.doc)];
  if (shape.kind === "error") {
    const members = memberDocs({ properties: shape.properties, index: [] }, scope);
    return [comment, "interface ", head, ` extends ${scope.builtin(shape.name)} `, bodyDoc(members)];
  }
  if (shape.kind === "object" && declaration.kind === "interface") {
    return [comment, "interface ", head, " ", bodyDoc(memberDocs(shape, scope))];
  }
  return [comment, aliasDoc(head, declaration, scope), ";"];
}

/** A union starts a line when it does not fit; anything else stays behind the `=` if its beginning does. */
function aliasDoc(head: Doc, { shape, typeParameters }: Declaration, scope: NameScope): Doc {
  const type = typeDoc(shape, scope, "alias");
  if (shape.kind === "union" && !hugsAsUnion(shape.members)) {
    return group([group(["type ", head]), " =", group(indent([line, type]))]);
  }
  const isWordy = typeParameters.some(
    (parameter) => parameter.constraint !== null || parameter.default !== null,
  );
  return group(
    typeParameters.length > 1 && isWordy
      ? ["type ", head, " = ", group(type)]
      : [group(["type ", head]), " =", fluid(type)],
  );
}

/** `{`, a line for each member, `}`. */
export function bodyDoc(members: readonly Doc[]): Doc {
  if (members.length === 0) return "{}";
  return ["{", indent(members.map((member): Doc => [hardline, member, ";"])), hardline, "}"];
}
