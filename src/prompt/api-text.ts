/**
 * Prints an API for a reader who pays for every word: the declaration of `secure-exec.d.ts` without what only compilers and editors
 * need, functions as methods, and types in the order in which the functions use them. It stays TypeScript that compiles.
 *
 * ```
 * declare const SecureExec: { bindings: SecureExec.Bindings };
 * declare namespace SecureExec {
 *   interface Bindings {
 *     db: {
 *       /** Runs one statement. *\/
 *       query(sql: string, parameters?: Scalar[]): Promise<Row[]>;
 *     };
 *   }
 *   type Scalar = string | number | null;
 *   interface Row { … }
 * }
 * ```
 */
import { commentDoc } from "../emit/declaration/comment.ts";
import { bodyDoc, declarationDoc } from "../emit/declaration/declared.ts";
import { errorDeclarations } from "../emit/declaration/errors.ts";
import { lateDocs } from "../emit/declaration/late.ts";
import { nameScope, type NameScope } from "../emit/declaration/scope.ts";
import { globalConstants, globalsDocs } from "../emit/declaration/globals.ts";
import { scriptDocs } from "../emit/declaration/scripts.ts";
import { signatureDoc } from "../emit/declaration/signature.ts";
import { propertyName } from "../emit/escape/property-name.ts";
import { group, hardline, indent, join, print, type Doc } from "../emit/print/doc.ts";
import { defaultKind } from "../model/contract.ts";
import type { Contract, Declaration, Leaf, Namespace, TreeNode } from "../model/contract.ts";
import { declarationsOf, walkLeaves } from "../model/walk.ts";
import { shortenDoc, type Detail } from "./shorten.ts";

/** No line is too long: its end and the indentation of the next are paid for too. */
const width = Number.MAX_SAFE_INTEGER;

/** Ends with a line end. */
export function apiText(contract: Contract, detail: Detail): string {
  const errors = errorDeclarations(contract);
  const scope = nameScope(
    contract,
    errors.map(({ name }) => name),
    (content) => group(content),
    true,
  );
  const tree = bodyDoc(contract.root.members.map((member) => memberDoc(member, scope, detail)));
  const types = [...inOrderOfUse(contract), ...errors].map((declaration) =>
    typeDoc(declaration, scope, detail),
  );
  const scripts = (contract.scripts ?? []).map((script) => ({
    ...script,
    doc: shortenDoc(script.doc, detail),
  }));
  const hasInput = scripts.some(({ name, input }) => name === defaultKind && input);
  const parts = [
    [`interface ${scope.tree} `, tree],
    ...scriptDocs(scripts, scope),
    ...globalsDocs(contract.globals, scope),
    ...types,
    ...lateDocs(scope.late),
  ];
  return print(
    [
      `declare const SecureExec: { bindings: SecureExec.${scope.tree} };`,
      hardline,
      ...(hasInput ? [`declare const input: SecureExec.Script["input"];`, hardline] : []),
      "declare namespace SecureExec {",
      indent([hardline, join(hardline, parts)]),
      hardline,
      "}",
      hardline,
      ...globalConstants(contract.globals).map((constant) => [constant, hardline]),
    ],
    width,
  );
}

/** Named types as the leaves come to mention them, the first leaf's first; then those that only scripts themselves mention. */
function inOrderOfUse(contract: Contract): readonly Declaration[] {
  const leaves = [...walkLeaves(contract.root)];
  const used = leaves.flatMap((leaf) => [...declarationsOf(leaf, contract)]);
  const names = new Set([...used, ...contract.declarations.map(({ name }) => name)]);
  const byName = new Map(contract.declarations.map((declaration) => [declaration.name, declaration]));
  return [...names].flatMap((name) => byName.get(name) ?? []);
}

function memberDoc(node: TreeNode, scope: NameScope, detail: Detail): Doc {
  switch (node.kind) {
    case "leaf":
      return leafDoc(node, scope, detail);
    case "namespace":
      return namespaceMember(node, scope, detail);
    case "invalid":
      throw new Error(`\`${node.path.join(".")}\` reached the prompt, and is no binding.`);
  }
}

function namespaceMember({ name, doc, members }: Namespace, scope: NameScope, detail: Detail): Doc {
  const block = bodyDoc(members.map((member) => memberDoc(member, scope, detail)));
  return [commentDoc(shortenDoc(doc, detail)), `${propertyName(name)}: `, block];
}

/** A method for each overload. Documentation that all of them share stands at the first. */
function leafDoc({ name, doc, signatures }: Leaf, scope: NameScope, detail: Detail): Doc {
  const methods = signatures.map((signature, at): Doc => {
    const own = signature.doc ?? (at === 0 ? doc : undefined);
    const comment = own === undefined ? "" : commentDoc(shortenDoc(own, detail));
    return [comment, propertyName(name), signatureDoc(signature, scope)];
  });
  return join([";", hardline], methods);
}

function typeDoc(declaration: Declaration, scope: NameScope, detail: Detail): Doc {
  return declarationDoc({ ...declaration, doc: shortenDoc(declaration.doc, detail) }, scope);
}
