/** placeholder */
import type { Piece } from "../frontend.ts";
import type { ts } from "./compiler.ts";
import type { Session } from "./session.ts";
export function piecesOf(_session: Session, _type: ts.Type, _intoAlias: boolean): readonly Piece[] | null {
  return null;
}
