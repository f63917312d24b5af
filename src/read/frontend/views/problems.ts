/**
 * Finds problems of the author's files that lowering would not see. Syntax errors, and type errors where a signature is
 * written: a wrong number of type arguments, a constraint that is not met, a member a namespace does not have. TypeScript
 * goes on after these with a type nobody wrote. Every other error is the author's own type check's to tell.
 */
import type { Problem } from "../frontend.ts";
import type { ts, Classic } from "./compiler.ts";
import { rangeOf, type Session } from "./session.ts";

export function syntaxErrors(session: Session): readonly Problem[] {
  return session.syntacticDiagnostics().map((diagnostic) => problem(session, diagnostic));
}

/** Errors about a written type. Those about names that do not resolve come with the type itself. */
const aboutTypes: ReadonlySet<number> = new Set([
  2314, 2315, 2344, 2456, 2536, 2537, 2538, 2589, 2694, 2707, 2709, 2749,
]);

export function signatureErrors(session: Session, file: ts.SourceFile): readonly Problem[] {
  const { ts } = session;
  return session
    .semanticDiagnostics(file)
    .filter(
      ({ code, file: at, start }) =>
        aboutTypes.has(code) && at && start !== undefined && !isInBody(ts, at, start),
    )
    .map((diagnostic) => problem(session, diagnostic as ts.DiagnosticWithLocation));
}

function problem(session: Session, { messageText, file, start, length }: ts.DiagnosticWithLocation): Problem {
  const { ts } = session;
  return {
    message: ts.flattenDiagnosticMessageText(messageText, " "),
    text: file.text
      .slice(start, start + length)
      .replace(/\s+/g, " ")
      .slice(0, 80),
    source: rangeOf(session, file, start, start + length),
  };
}

/** What a function does inside is not part of its signature, even where the result is inferred from it. */
function isInBody(ts: Classic, file: ts.SourceFile, position: number): boolean {
  const visit = (node: ts.Node): boolean => {
    if (position < node.pos || position >= node.end) return false;
    if (ts.isBlock(node) && ts.isFunctionLike(node.parent)) return true;
    return ts.forEachChild(node, (child) => visit(child) || undefined) ?? false;
  };
  return visit(file);
}
