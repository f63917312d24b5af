/** placeholder */
import type { Problem } from "../frontend.ts";
import type { ts } from "./compiler.ts";
import type { Session } from "./session.ts";
export function signatureErrors(_session: Session, _file: ts.SourceFile): readonly Problem[] {
  return [];
}
