/**
 * Finds the tags that reach a member of a tree from where its type is written: `@profile` on the interface or type alias
 * that declares it, or on that of its own function type; and, of a member that is said to be another one, `pay: Payments["pay"]`, what
 * stands beside that one. A power that was narrowed there must not be granted in silence because the tree only mentions the name.
 */
import { emptyDoc, type Doc, type DocTag } from "../../../model/contract.ts";
import { policyTags } from "../../../model/policy.ts";
import { profileTag } from "../../../model/profile.ts";
import type { ts, Classic } from "./compiler.ts";
import { docOf } from "./docs.ts";
import { namedMembers } from "./named-member.ts";
import type { Session } from "./session.ts";

/** The member's own documentation, with what reaches it from the types around it and behind it. */
export function docOfMember(session: Session, symbol: ts.Symbol): Doc {
  const all = [symbol, ...namedMembers(session, symbol.declarations)];
  return all.reduceRight(
    (there, one) => withTagsAround(session, one, beside(docOf(session, one.declarations ?? []), there)),
    emptyDoc,
  );
}

function withTagsAround(session: Session, symbol: ts.Symbol, doc: Doc): Doc {
  const containers = (symbol.declarations ?? []).flatMap((one) => containerOf(session.ts, one));
  const places = [...containers, ...functionTypes(session, symbol)];
  const tags = places.flatMap((place): readonly DocTag[] =>
    docOf(session, [place]).tags.filter(({ name }) => name === profileTag),
  );
  return tags.length === 0 ? doc : { ...doc, tags: [...doc.tags, ...tags] };
}

/** A limit that is written here is another one. An example calls the member by the name it has there. */
function beside(own: Doc, there: Doc): Doc {
  const written = new Set(own.tags.map(({ name }) => name));
  const isUndocumented = own.text === "" && written.size === 0;
  const inherited = there.tags.filter(
    ({ name }) =>
      name === profileTag ||
      name === "throws" ||
      (policyTags.includes(name) && !written.has(name)) ||
      (isUndocumented && name !== "example"),
  );
  return { text: own.text || there.text, tags: [...own.tags, ...inherited] };
}

/** Of `interface System { repair(): void }` and `type System = { repair(): void }` the whole declaration. */
function containerOf(ts: Classic, { parent }: ts.Declaration): readonly ts.Declaration[] {
  if (parent === undefined) return [];
  if (ts.isInterfaceDeclaration(parent)) return [parent];
  return ts.isTypeLiteralNode(parent) && ts.isTypeAliasDeclaration(parent.parent) ? [parent.parent] : [];
}

/** `type Drop = (table: string) => void`, or an interface that is called. */
function functionTypes({ ts, checker }: Session, symbol: ts.Symbol): readonly ts.Declaration[] {
  const type = checker.getTypeOfSymbol(symbol);
  if (checker.getSignaturesOfType(type, ts.SignatureKind.Call).length === 0) return [];
  const interfaces = (type.symbol?.declarations ?? []).filter(ts.isInterfaceDeclaration);
  return [...(type.aliasSymbol?.declarations ?? []), ...interfaces];
}
