/**
 * Finds the tags that reach a member of a tree from where its type is written: `@profile` on the interface or type alias
 * that declares it, or on that of its own function type. A power that was narrowed there must not be granted in silence
 * because the tree only mentions the name.
 */
import type { Doc, DocTag } from "../../../model/contract.ts";
import { profileTag } from "../../../model/profile.ts";
import type { ts, Classic } from "./compiler.ts";
import { docOf } from "./docs.ts";
import type { Session } from "./session.ts";

/** The member's own documentation, and the profile tags of the types around it and behind it. */
export function withInheritedTags(session: Session, doc: Doc, symbol: ts.Symbol): Doc {
  const containers = (symbol.declarations ?? []).flatMap((one) => containerOf(session.ts, one));
  const places = [...containers, ...functionTypes(session, symbol)];
  const tags = places.flatMap((place): readonly DocTag[] =>
    docOf(session, [place]).tags.filter(({ name }) => name === profileTag),
  );
  return tags.length === 0 ? doc : { ...doc, tags: [...doc.tags, ...tags] };
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
