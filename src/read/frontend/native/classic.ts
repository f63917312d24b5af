/**
 * Shows the syntax and the constants of TypeScript 7 under the names of the classic API: most are the same functions under another
 * name, and a few were left out of the new one.
 */
import type { Classic, ts } from "../views/compiler.ts";
import { attachedComments } from "./attached-comments.ts";
import type { TypeScript7 } from "./typescript.ts";

const indexKinds = { String: 0, Number: 1 };
const formats = { UseAliasDefinedOutsideCurrentScope: 1 << 14 };

export function classicOf({ sync, ast }: TypeScript7): Classic {
  const { SyntaxKind, NodeFlags } = ast;
  const isOne = (...names: readonly (keyof typeof SyntaxKind)[]): ((node: ts.Node) => boolean) => {
    const kinds = new Set<number>(names.map((name) => SyntaxKind[name]));
    return ({ kind }) => kinds.has(kind);
  };
  const isAccessor = isOne("GetAccessor", "SetAccessor");
  const isClassLike = isOne("ClassDeclaration", "ClassExpression");
  const isVariable = isOne("VariableDeclaration");
  const isAssigned = isOne("ArrowFunction", "FunctionExpression", "ClassExpression");
  const nameOf = (node: ts.Node): ts.Node | undefined => (node as { name?: ts.Node }).name;

  const own = {
    IndexKind: indexKinds,
    TypeFormatFlags: formats,
    forEachChild: <T>(node: ts.Node, visit: (child: ts.Node) => T | undefined) =>
      (
        node as unknown as { forEachChild(visit: (child: ts.Node) => T | undefined): T | undefined }
      ).forEachChild(visit),
    flattenDiagnosticMessageText: (text: unknown) => String(text),
    getCombinedNodeFlags: (node: ts.Node) =>
      isVariable(node)
        ? node.flags | ((node.parent as ts.Node | undefined)?.flags ?? NodeFlags.None)
        : node.flags,
    getJSDocCommentsAndTags: (node: ts.Node) => attachedComments(ast, node),
    getNameOfDeclaration: (node: ts.Node): ts.Node | undefined => {
      const name = nameOf(node);
      if (name) return name;
      if (ast.SyntaxKind.ExportAssignment === (node.kind as number)) {
        const { expression } = node as ts.ExportAssignment;
        return expression.kind === (SyntaxKind.Identifier as number) ? expression : undefined;
      }
      // `{ greet: (name) => … }` and `const greet = …`: the name is that of what holds it.
      return isAssigned(node) && isOne("PropertyAssignment", "VariableDeclaration")(node.parent)
        ? nameOf(node.parent)
        : undefined;
    },
    isAccessor,
    isClassElement: isOne(
      "Constructor",
      "PropertyDeclaration",
      "MethodDeclaration",
      "GetAccessor",
      "SetAccessor",
      "IndexSignature",
      "ClassStaticBlockDeclaration",
      "SemicolonClassElement",
    ),
    isClassLike,
    isConstTypeReference: (node: ts.Node) => {
      const { typeName, typeArguments } = node as ts.TypeReferenceNode;
      return (
        isOne("TypeReference")(node) &&
        isOne("Identifier")(typeName) &&
        (typeName as ts.Identifier).text === "const" &&
        !typeArguments
      );
    },
    isFunctionLike: isOne(
      "MethodSignature",
      "CallSignature",
      "ConstructSignature",
      "IndexSignature",
      "FunctionType",
      "ConstructorType",
      "FunctionDeclaration",
      "MethodDeclaration",
      "Constructor",
      "GetAccessor",
      "SetAccessor",
      "FunctionExpression",
      "ArrowFunction",
    ),
    isObjectLiteralElement: isOne(
      "PropertyAssignment",
      "ShorthandPropertyAssignment",
      "SpreadAssignment",
      "MethodDeclaration",
      "GetAccessor",
      "SetAccessor",
    ),
    isParameter: isOne("Parameter"),
    isPropertySignature: isOne("PropertySignature"),
    isStringLiteralLike: isOne("StringLiteral", "NoSubstitutionTemplateLiteral"),
    isTypeElement: isOne(
      "PropertySignature",
      "MethodSignature",
      "CallSignature",
      "ConstructSignature",
      "IndexSignature",
      "GetAccessor",
      "SetAccessor",
    ),
  };
  return { ...ast, ...sync, ...own } as unknown as Classic;
}
