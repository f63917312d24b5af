/**
 * Lists the members of an enum in the order its author declared them; the compiler's own union of them is ordered by its
 * numbering.
 */
import type { TypeUse } from "../frontend.ts";
import type { ts } from "./compiler.ts";
import { use, type Session } from "./session.ts";

export function enumValuesOf(session: Session, type: ts.Type): readonly TypeUse[] {
  const { ts } = session;
  const symbol = type.symbol ?? type.aliasSymbol;
  const declarations = symbol?.declarations?.filter(ts.isEnumDeclaration) ?? [];
  const types = declarations.flatMap(({ members }) =>
    members.map((member) => session.checker.getTypeAtLocation(member)),
  );
  // Two members may have one value.
  return [...new Set(types)].map((member) => use(member, null));
}
