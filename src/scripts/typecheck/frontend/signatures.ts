/**
 * How a binding is called, as the declaration has it: `db.query(sql: string): Promise<Row[]>`. For messages that shall be enough to mend a
 * script by.
 */
import { type CheckedScript, declarationFile, ts } from "./service.ts";

/** One text for each overload; empty for what is no binding. */
export function signaturesOf({ program }: CheckedScript, path: readonly string[]): readonly string[] {
  const checker = program.getTypeChecker();
  const constant = program
    .getSourceFile(declarationFile)
    ?.statements.find((statement) => ts.isVariableStatement(statement));
  const [declared] =
    constant !== undefined && ts.isVariableStatement(constant) ? constant.declarationList.declarations : [];
  let type = declared && checker.getTypeAtLocation(declared.name);
  for (const step of ["bindings", ...path]) {
    const property = type?.getProperty(step);
    type = property && checker.getTypeOfSymbol(property);
  }
  return (type?.getCallSignatures() ?? []).map(
    (signature) =>
      path.join(".") + checker.signatureToString(signature, undefined, ts.TypeFormatFlags.NoTruncation),
  );
}
