/**
 * Puts together the documentation of a leaf and of its overloads, with what is written in front of their parameters as tags,
 * which is where an editor shows it: `(/** The user's id. *\/ id: string)` -> `@param id The user's id.`
 */
import type { Doc, DocTag, Signature } from "../model/contract.ts";
import type { SignatureView } from "./frontend/frontend.ts";

export interface Documented {
  readonly doc: Doc;
  readonly signatures: readonly Signature[];
}

/** `views` are what the signatures were made of, one by one. */
export function withDocs(
  own: Doc,
  views: readonly SignatureView[],
  signatures: readonly Signature[],
): Documented {
  const docs = views.map((view, at) => {
    const overload = signatures.length > 1 ? view.doc : own;
    return withParameters(isEmpty(overload) ? view.doc : overload, view, signatures[at]);
  });
  const [first] = docs;
  if (signatures.length < 2) return { doc: first ?? own, signatures };
  return {
    doc: own,
    signatures: signatures.map((signature, at) => {
      const doc = docs[at];
      return doc === undefined || isEmpty(doc) || isSame(doc, own) ? signature : { ...signature, doc };
    }),
  };
}

/** Tags of parameters in the order of the parameters, in front of the other tags. A tag of the author's wins. */
function withParameters(doc: Doc, view: SignatureView, signature: Signature | undefined): Doc {
  const tags = view.parameters.flatMap(({ doc: inline }, at): DocTag[] => {
    const parameter = signature?.parameters[at]?.name;
    const isTagged = doc.tags.some((tag) => tag.name === "param" && tag.parameter === parameter);
    if (parameter === undefined || isTagged || isEmpty(inline)) return [];
    return [{ name: "param", parameter, text: textOf(inline) }];
  });
  if (tags.length === 0) return doc;
  const isOwn = (tag: DocTag): boolean => tag.name === "param";
  return { ...doc, tags: [...doc.tags.filter(isOwn), ...tags, ...doc.tags.filter((tag) => !isOwn(tag))] };
}

/** A tag cannot stand inside another one: `@default 3` -> `default: 3`. */
function textOf({ text, tags }: Doc): string {
  return [text, ...tags.map((tag) => `${tag.name}: ${tag.text}`)].filter((line) => line !== "").join("\n");
}

function isEmpty({ text, tags }: Doc): boolean {
  return text === "" && tags.length === 0;
}

/** Tags that an overload has from types around it do not make its documentation another one. */
function isSame(a: Doc, b: Doc): boolean {
  const bare = ({ text, tags }: Doc): string =>
    JSON.stringify([text, tags.map(({ source: _, ...tag }) => tag)]);
  return bare(a) === bare(b);
}
