/**
 * A leaf as a read-only property of a function type, with a call signature for each of its overloads.
 *
 * ```
 * /** Run one statement. *\/
 * readonly query: {
 *   /**
 *    * Run one statement.
 *    *
 *    * @param sql The text.
 *    *\/
 *   (sql: string): Promise<Row[]>;
 * };
 * ```
 *
 * What a property says is shown where it is completed or mentioned, what a signature says where it is called. The tags are for
 * calls; at the property the text is enough, and whether it is deprecated.
 */
import type { Doc as AuthorDoc, Leaf } from "../../model/contract.ts";
import { shapesOf } from "../../model/signatures.ts";
import { propertyName } from "../escape/property-name.ts";
import { hardline, indent, type Doc } from "../print/doc.ts";
import { commentDoc } from "./comment.ts";
import type { NameScope } from "./scope.ts";
import { signatureDoc } from "./signature.ts";
import { ignoreDoc } from "./deferred.ts";

export function leafDoc({ name, doc, signatures }: Leaf, scope: NameScope): Doc {
  return [
    commentDoc(mentioned(doc)),
    keyOf(name),
    membersDoc(
      signatures.map((signature) => [
        ignoreDoc(shapesOf(signature)),
        commentDoc(signature.doc ?? doc),
        signatureDoc(signature, scope),
      ]),
    ),
  ];
}

function mentioned(doc: AuthorDoc): AuthorDoc {
  return doc.text === "" ? doc : { ...doc, tags: doc.tags.filter(({ name }) => name === "deprecated") };
}

export function keyOf(name: string): string {
  return `readonly ${propertyName(name)}: `;
}

/** An object type of the tree, a line for each member. */
export function membersDoc(members: readonly Doc[]): Doc {
  return blockDoc(members.map((member): Doc => [member, ";"]));
}

/** The same of members that have their semicolons. */
export function blockDoc(members: readonly Doc[]): Doc {
  if (members.length === 0) return "{}";
  return ["{", indent(members.map((member): Doc => [hardline, member])), hardline, "}"];
}
