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
import { defaultKind, emptyDoc, type Declaration, type ScriptKind } from "../../model/contract.ts";
import { canonicalShape, canonicalText } from "../../model/identity/canonical.ts";
import type { Property, Shape } from "../../model/shape.ts";
import { quoted } from "../escape/string.ts";
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

/**
 * What the library of scripts and `isobind/script` ask of the declaration; nobody else reads it. An editor does not know which kind a script is of,
 * so `input` has what the input of any kind has: a script that is right is never underlined. `isobind typecheck` tells kinds apart.
 */
export function scriptGlobalsDoc(
  scripts: readonly ScriptKind[],
  declarations: readonly Declaration[],
): Doc[] {
  const script = scripts.find(({ name }) => name === defaultKind);
  if (!script?.input) return [];
  const others = scripts.filter((kind) => kind !== script && !isSame(kind.input, script.input));
  if (!areApart([script, ...others], declarations)) return [];
  const types = [`Script["input"]`, ...others.map(({ name }) => `Scripts[${quoted(name)}]["input"]`)];
  const text = "What the host gives this script beside its bindings; `isobind/script` reads it.";
  const members = [`readonly input: ${types.join(" & ")}`];
  return [[commentDoc({ ...emptyDoc, text }), "interface ScriptGlobals ", bodyDoc(members)]];
}

/** Whether all inputs together have each property as the one that declares it: of two that disagree nothing would be left. */
function areApart(scripts: readonly ScriptKind[], declarations: readonly Declaration[]): boolean {
  if (scripts.length === 1) return true;
  const known = new Map<string, Shape>();
  return scripts.every(({ input }) => {
    const shape = input && resolved(input, declarations);
    if (shape?.kind !== "object" || shape.index.length > 0) return false;
    return shape.properties.every((property) => {
      const other = known.get(property.name);
      known.set(property.name, property.shape);
      return other === undefined || isSame(other, property.shape);
    });
  });
}

function resolved(shape: Shape, declarations: readonly Declaration[]): Shape {
  if (shape.kind !== "reference") return shape;
  const found = declarations.find(({ name }) => name === shape.name);
  return found === undefined || found.typeParameters.length > 0 ? shape : found.shape;
}

function isSame(one: Shape | null, other: Shape | null): boolean {
  if (one === null || other === null) return one === other;
  return canonicalText(canonicalShape(one)) === canonicalText(canonicalShape(other));
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
