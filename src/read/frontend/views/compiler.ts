/**
 * Declares what the views ask of a compiler: the functions, constants and objects of TypeScript's classic API. The compiler isobind
 * carries is that API; another one is shown in its form. Types only: whoever opens a definition hands in the compiler.
 */
import type { ts } from "ts-morph";

export type { ts };

/** Constants and functions of the namespace. A compiler may number its flags as it likes. */
export type Classic = Pick<
  typeof ts,
  | "ElementFlags"
  | "IndexKind"
  | "ModifierFlags"
  | "NodeFlags"
  | "ObjectFlags"
  | "SignatureKind"
  | "SymbolFlags"
  | "SyntaxKind"
  | "TypeFlags"
  | "TypeFormatFlags"
  | "escapeLeadingUnderscores"
  | "flattenDiagnosticMessageText"
  | "forEachChild"
  | "getCombinedNodeFlags"
  | "getJSDocCommentsAndTags"
  | "getNameOfDeclaration"
  | "getTrailingCommentRanges"
  | "isAccessor"
  | "isArrayTypeNode"
  | "isAsExpression"
  | "isBlock"
  | "isCallExpression"
  | "isClassElement"
  | "isClassLike"
  | "isComputedPropertyName"
  | "isConstTypeReference"
  | "isEnumDeclaration"
  | "isEnumMember"
  | "isExportAssignment"
  | "isExpressionWithTypeArguments"
  | "isFunctionLike"
  | "isFunctionTypeNode"
  | "isGetAccessorDeclaration"
  | "isIdentifier"
  | "isIndexedAccessTypeNode"
  | "isInterfaceDeclaration"
  | "isIntersectionTypeNode"
  | "isJSDoc"
  | "isMethodDeclaration"
  | "isNamedTupleMember"
  | "isNonNullExpression"
  | "isObjectBindingPattern"
  | "isObjectLiteralElement"
  | "isObjectLiteralExpression"
  | "isOptionalTypeNode"
  | "isParameter"
  | "isParenthesizedExpression"
  | "isParenthesizedTypeNode"
  | "isPropertyAccessExpression"
  | "isPropertyAssignment"
  | "isPropertyDeclaration"
  | "isPropertySignature"
  | "isRestTypeNode"
  | "isSatisfiesExpression"
  | "isShorthandPropertyAssignment"
  | "isSpreadAssignment"
  | "isStringLiteralLike"
  | "isTupleTypeNode"
  | "isTypeAliasDeclaration"
  | "isTypeElement"
  | "isTypeLiteralNode"
  | "isTypeNode"
  | "isTypeQueryNode"
  | "isTypeOperatorNode"
  | "isTypeParameterDeclaration"
  | "isTypeReferenceNode"
  | "isUnionTypeNode"
  | "isVariableDeclaration"
  | "unescapeLeadingUnderscores"
>;

/** Its questions about types, and one that the classic API keeps to itself. */
export interface Checker extends ts.TypeChecker {
  resolveName(
    name: string,
    location: ts.Node,
    meaning: ts.SymbolFlags,
    excludeGlobals: boolean,
  ): ts.Symbol | undefined;
}

/** What a compiler knows and the classic API has no word for. */
export interface Compiler {
  readonly ts: Classic;
  readonly checker: Checker;
  /** Names of the files that declare a symbol. Asked for instead of its declarations where only the file counts. */
  filesOf(symbol: ts.Symbol): readonly string[];
  /** One of the language's own library. */
  isLibraryFile(fileName: string): boolean;
  modifiersOf(symbol: ts.Symbol): ts.ModifierFlags;
  /** The types a union was made of, where some of them were unions with a name; `null` where none was. */
  originOf(type: ts.UnionType): readonly ts.Type[] | null;
  /** A mapped type whose keys still depend on a type parameter. */
  isGenericMapped(type: ts.ObjectType): boolean;
  /** The type whose properties a mapped type maps, if there is one. */
  mappedFrom(type: ts.ObjectType): ts.Type | undefined;
  /** The parts of a generic one; `null` where the compiler has not worked them out. */
  mappedParts(type: ts.ObjectType): MappedParts | null;
  /** Parse errors of the author's files. */
  syntacticDiagnostics(): readonly ts.DiagnosticWithLocation[];
  semanticDiagnostics(file: ts.SourceFile): readonly ts.Diagnostic[];
}

export interface MappedParts {
  readonly declaration: ts.MappedTypeNode;
  readonly constraintType: ts.Type;
  readonly modifiersType: ts.Type | undefined;
}

/** The author's own files have documentation and are checked; those of packages are read for their types alone. */
export function isPackageFile(path: string): boolean {
  return path.includes("/node_modules/");
}
