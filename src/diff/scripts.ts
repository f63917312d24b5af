/**
 * Compares what scripts are: of each kind what it is given, which it reads as it reads results of leaves, and what it has to give, which it
 * writes as it writes arguments.
 */
import { defaultKind, type Contract, type ScriptKind } from "../model/contract.ts";
import type { Finding } from "./change.ts";
import type { Scope } from "./relation/scope.ts";
import { compareShapes } from "./shapes/compare.ts";

export function compareScripts(
  before: Contract,
  after: Contract,
  scopes: { readonly before: Scope; readonly after: Scope },
): Finding[] {
  const old = new Map((before.scripts ?? []).map((script) => [script.name, script]));
  const now = new Map((after.scripts ?? []).map((script) => [script.name, script]));
  const findings: Finding[] = [];
  for (const [name, script] of old) {
    if (!now.has(name)) findings.push({ kind: "script-removed", ...at(script), name: shown(script) });
  }
  for (const [name, script] of now) {
    const other = old.get(name);
    if (other) findings.push(...compareKinds(other, script, scopes));
    else {
      const kind = name === defaultKind ? "script-demanded" : "script-added";
      findings.push({ kind, ...at(script), name: shown(script) });
    }
  }
  return findings;
}

function compareKinds(
  before: ScriptKind,
  after: ScriptKind,
  scopes: { readonly before: Scope; readonly after: Scope },
): Finding[] {
  const { where, path } = at(after);
  // Of what nothing is said, everything is taken.
  const input = compareShapes(before.input ?? { kind: "any" }, after.input ?? { kind: "any" }, {
    ...scopes,
    path,
    position: "result",
    where: `${where}.input`,
  });
  const result = compareShapes(before.result ?? { kind: "unknown" }, after.result ?? { kind: "unknown" }, {
    ...scopes,
    path,
    position: "argument",
    where: `${where}.result`,
  });
  const isDocumented = docText(before) !== docText(after);
  return [
    ...input,
    ...result,
    ...(isDocumented ? [{ kind: "script-documentation-changed" as const, path, where }] : []),
  ];
}

/** `script`, and of a named kind `script rule`: what a change of a part of it begins with. */
export function scriptPlace(name: string): string {
  return name === defaultKind ? "script" : `script ${name}`;
}

const at = ({ name }: ScriptKind): Pick<Finding, "path" | "where"> => ({
  path: [],
  where: scriptPlace(name),
});

const shown = ({ name }: ScriptKind): string => (name === defaultKind ? "Script" : name);

const docText = ({ doc, partDocs }: ScriptKind): string =>
  JSON.stringify(
    [doc, partDocs?.input, partDocs?.result].map((one) => [
      one?.text,
      one?.tags.map(({ name, text }) => [name, text]),
    ]),
  );
