/**
 * Type errors in places of the definition where a signature is written: a wrong number of type arguments, a constraint that is
 * not met, a member a namespace does not have. TypeScript goes on after these with a type nobody wrote, so they are
 * reported here; every other error is the author's own type check's to tell.
 */
import type { Problem } from "../frontend.ts";
import { ts } from "./compiler.ts";
import { rangeOf, type Session } from "./session.ts";

/** Errors about a written type. Those about names that do not resolve come with the type itself. */
const aboutTypes: ReadonlySet<number> = new Set([
  2314, 2315, 2344, 2456, 2536, 2537, 2538, 2589, 2694, 2707, 2709, 2749,
]);

export function signatureErrors(session: Session, file: ts.SourceFile): readonly Problem[] {
  return session.program
    .getSemanticDiagnostics(file)
    .filter(({ code, start }) => aboutTypes.has(code) && start !== undefined)
    .map(({ messageText, start = 0, length = 0 }) => ({
      message: ts.flattenDiagnosticMessageText(messageText, " "),
      source: rangeOf(session, file, start, start + length),
    }));
}
