/**
 * How a binding is called, as the declaration has it: `db.query(sql: string): Promise<Row[]>`. For messages that shall be enough to mend a
 * script by.
 */
import { type CheckedScript, declarationFile, ts } from "./service.ts";

/** The paths of all bindings, in the order of the declaration. */
export function leavesOf(checked: CheckedScript): readonly (readonly string[])[] {
  const checker = checked.program.getTypeChecker();
  const below = (type: ts.Type | undefined, path: readonly string[]): readonly (readonly string[])[] =>
    type === undefined || type.getCallSignatures().length > 0
      ? [path]
      : type
          .getProperties()
          .flatMap((member) => below(checker.getTypeOfSymbol(member), [...path, member.name]));
  return below(typeAt(checked, []), []);
}

function typeAt({ program }: CheckedScript, path: readonly string[]): ts.Type | undefined {
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
  return type;
}

/** One text for each overload; empty for what is no binding. */
export function signaturesOf(checked: CheckedScript, path: readonly string[]): readonly string[] {
  const checker = checked.program.getTypeChecker();
  return (typeAt(checked, path)?.getCallSignatures() ?? []).map(
    (signature) =>
      path.join(".") + checker.signatureToString(signature, undefined, ts.TypeFormatFlags.NoTruncation),
  );
}

/** Whether the declaration has a type of this name, `SecureExec.NotFoundError`. */
export function declaresType({ program }: CheckedScript, name: string): boolean {
  const space = program.getSourceFile(declarationFile)?.statements.find((one) => ts.isModuleDeclaration(one));
  const body = space !== undefined && ts.isModuleDeclaration(space) ? space.body : undefined;
  if (body === undefined || !ts.isModuleBlock(body)) return false;
  return body.statements.some(
    (one) => (ts.isInterfaceDeclaration(one) || ts.isTypeAliasDeclaration(one)) && one.name.text === name,
  );
}
