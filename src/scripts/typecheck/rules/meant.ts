/**
 * Says what may have been meant by a property that is not there. The compiler sees a name for another when it is longer: of `console.lgo` it says only
 * that it is not there. Where none is near, what there is is told.
 */
import { didYouMean } from "../../../model/suggest.ts";
import { ts } from "../frontend/service.ts";
import { ownerOf } from "./owner.ts";

/** A sentence behind the compiler's `text` about the property of this name that is read. */
export function meantInRead(text: string, node: ts.Node, checker: ts.TypeChecker): string {
  const owner = text.includes("Did you mean") ? null : ownerOf(node);
  if (owner === null) return "";
  const type = checker.getApparentType(checker.getTypeAtLocation(owner.node));
  const members = checker.getPropertiesOfType(type);
  // What all members of a union have is not what the one has that the compiler speaks of.
  return sentence(owner.name, members, type.isUnion() ? [] : members);
}

/** The same of `{ state: "open" }`, where the type of the argument has no `state`. */
export function meantInGiven(text: string, node: ts.Node, checker: ts.TypeChecker): string {
  const literal = node.parent.parent;
  const type = ts.isObjectLiteralExpression(literal) ? checker.getContextualType(literal) : undefined;
  if (type === undefined) return "";
  const objects = (type.isUnion() ? type.types : [type]).filter((one) => isData(one, checker));
  // Of a union the compiler may know which one is meant, by its `kind` for example; else each of them has been asked.
  const named = objects.filter((one) => text.includes(`'${checker.typeToString(one)}'`));
  const members = (named.length > 0 ? named : objects).flatMap((one) => checker.getPropertiesOfType(one));
  return sentence(ts.isStringLiteral(node) ? node.text : node.getText(), members, members);
}

function isData(type: ts.Type, checker: ts.TypeChecker): boolean {
  return (
    (type.flags & (ts.TypeFlags.Object | ts.TypeFlags.Intersection)) !== 0 && !checker.isArrayLikeType(type)
  );
}

/** More are read in the declaration. */
const mostListed = 12;

function sentence(name: string, candidates: readonly ts.Symbol[], members: readonly ts.Symbol[]): string {
  const near = didYouMean(name, namesOf(candidates));
  if (near !== "") return near;
  // Of data: what has methods is known from elsewhere.
  if (members.some(({ flags }) => (flags & ts.SymbolFlags.Property) === 0)) return "";
  const names = namesOf(members);
  if (names.length === 0 || names.length > mostListed) return "";
  return ` It has ${names.map((one) => `\`${one}\``).join(", ")}.`;
}

function namesOf(members: readonly ts.Symbol[]): readonly string[] {
  return [...new Set(members.filter((member) => !isHidden(member)).map(({ name }) => name))];
}

/** What nobody writes: a private property of a class, and the tag of a brand, which no value has. */
function isHidden({ declarations = [], escapedName }: ts.Symbol): boolean {
  return declarations.some(
    (declaration) =>
      (ts.getCombinedModifierFlags(declaration) & (ts.ModifierFlags.Private | ts.ModifierFlags.Protected)) !==
        0 ||
      ts.isPrivateIdentifier(ts.getNameOfDeclaration(declaration) ?? declaration) ||
      (String(escapedName).startsWith("___") && isTag(declaration.parent)),
  );
}

/** `{ id: string } & { readonly __order: true }`, as declarations write brands: the second. */
function isTag(node: ts.Node): boolean {
  return (
    ts.isTypeLiteralNode(node) && ts.isIntersectionTypeNode(node.parent) && node.parent.types[0] !== node
  );
}
