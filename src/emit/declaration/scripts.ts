/**
 * What a script is, as types of the namespace: `Script` for those that name no kind, `Scripts` with the others. And `ScriptGlobals`,
 * from which `isobind/script` takes the type of the global `input` in an editor.
 *
 * ```
 * interface Script {
 *   readonly input: { month: number };
 *   readonly result: Report;
 * }
 * interface ScriptGlobals {
 *   readonly input: Script["input"];
 * }
 * ```
 */
import { defaultKind, emptyDoc, type ScriptKind } from "../../model/contract.ts";
import type { Property, Shape } from "../../model/shape.ts";
import { hardline, indent, type Doc } from "../print/doc.ts";
import { commentDoc } from "./comment.ts";
import type { NameScope } from "./scope.ts";
import { memberDocs } from "./type.ts";

export function scriptDocs(scripts: readonly ScriptKind[], scope: NameScope): Doc[] {
  const script = scripts.find(({ name }) => name === defaultKind);
  const others = scripts.filter((kind) => kind !== script);
  const docs: Doc[] = [];
  if (script) {
    const text = script.doc.text || "What a script is given, and what it has to export as default.";
    docs.push([commentDoc({ ...script.doc, text }), "interface Script ", bodyDoc(partDocs(script, scope))]);
  }
  if (others.length > 0) {
    const members = others.map((kind) => kindDoc(kind, scope));
    const text = "Kinds of script that a line `// @script …` at the top of one names.";
    docs.push([commentDoc({ ...emptyDoc, text }), "interface Scripts ", bodyDoc(members)]);
  }
  return docs;
}

/** What the library of scripts and `isobind/script` ask of the declaration; nobody else reads it. */
export function scriptGlobalsDoc(scripts: readonly ScriptKind[]): Doc[] {
  const docs: Doc[] = [];
  if (scripts.find(({ name }) => name === defaultKind)?.input) {
    const text = "What the host gives this script beside its bindings; `isobind/script` reads it.";
    const members = [`readonly input: Script["input"]`];
    docs.push([commentDoc({ ...emptyDoc, text }), "interface ScriptGlobals ", bodyDoc(members)]);
  }
  return docs;
}

function kindDoc({ name, doc, ...kind }: ScriptKind, scope: NameScope): Doc {
  const shape: Shape = { kind: "object", properties: propertiesOf(kind), index: [] };
  const [member = ""] = memberDocs({ properties: [property(name, shape, doc)], index: [] }, scope);
  return member;
}

function partDocs(script: ScriptKind, scope: NameScope): readonly Doc[] {
  return memberDocs({ properties: propertiesOf(script), index: [] }, scope);
}

function propertiesOf(script: Pick<ScriptKind, "input" | "result" | "partDocs">): readonly Property[] {
  return (["input", "result"] as const).flatMap((part) => {
    const shape = script[part];
    return shape === null ? [] : [property(part, shape, script.partDocs?.[part])];
  });
}

const property = (name: string, shape: Shape, doc = emptyDoc): Property => ({
  name,
  shape,
  optional: false,
  readonly: true,
  doc,
});

function bodyDoc(members: readonly Doc[]): Doc {
  return ["{", indent(members.map((member): Doc => [hardline, member, ";"])), hardline, "}"];
}
