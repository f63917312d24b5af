/**
 * The globals that the host gives to every script: their types in the namespace, and a constant for each.
 *
 * ```
 * interface Globals {
 *   readonly region: "eu" | "us";
 * }
 *
 * declare const region: SecureExec.Globals["region"];
 * ```
 */
import { emptyDoc, type ContractGlobals } from "../../model/contract.ts";
import type { Property } from "../../model/shape.ts";
import { identifier } from "../escape/identifier.ts";
import { quoted } from "../escape/string.ts";
import { hardline, indent, type Doc } from "../print/doc.ts";
import { commentDoc } from "./comment.ts";
import type { NameScope } from "./scope.ts";
import { memberDocs } from "./type.ts";

/** `interface Globals { … }`; nothing when the definition says nothing of globals. */
export function globalsDocs(globals: ContractGlobals | undefined, scope: NameScope): Doc[] {
  if (globals === undefined) return [];
  const text = globals.doc.text || "Data that every script finds in its global scope, frozen.";
  // What is said of one is said at its constant, where editors look.
  const properties = globals.properties.map((property): Property => ({ ...property, doc: emptyDoc }));
  const members = memberDocs({ properties, index: [] }, scope);
  const body: Doc =
    members.length === 0
      ? "{}"
      : ["{", indent(members.map((member): Doc => [hardline, member, ";"])), hardline, "}"];
  return [[commentDoc({ ...globals.doc, text }), "interface Globals ", body]];
}

/** `declare const region: …`, one for each. */
export function globalConstants(globals: ContractGlobals | undefined): readonly Doc[] {
  return (globals?.properties ?? []).map(({ name, doc }): Doc => [
    commentDoc(doc),
    `declare const ${identifier(name)}: SecureExec.Globals[${quoted(name)}];`,
  ]);
}
