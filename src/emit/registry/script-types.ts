/**
 * Emits `ScriptTypes`: the types of each kind of script as the definition writes them, for whoever runs scripts with this registry.
 *
 * ```
 * export interface ScriptTypes {
 *   readonly default: Script;
 *   readonly rule: Scripts["rule"];
 * }
 * ```
 */
import type { Contract, ScriptKind } from "../../model/contract.ts";
import { propertyName } from "../escape/property-name.ts";
import { quoted } from "../escape/string.ts";
import { hardline, indent, type Doc } from "../print/doc.ts";

export function scriptTypesDoc(scripts: readonly ScriptKind[]): Doc {
  const members = scripts.map((kind) => `readonly ${propertyName(kind.name)}: ${typeOf(kind)};`);
  return [
    "/** What each kind of script is given, and what it gives. */",
    hardline,
    "export interface ScriptTypes {",
    indent(members.map((member): Doc => [hardline, member])),
    hardline,
    "}",
  ];
}

function typeOf({ name, origin }: ScriptKind): string {
  if (origin === "argument") return `ScriptTypesOf<typeof bindings>[${quoted(name)}]`;
  return origin === "Script" ? "Script" : `Scripts[${quoted(name)}]`;
}

/** Names that the registry imports from the definition. */
export function scriptImports({ scripts = [], globals }: Contract): readonly string[] {
  const names = (["Script", "Scripts"] as const).filter((name) =>
    scripts.some(({ origin = "Scripts" }) => origin === name),
  );
  return globals === undefined || globals.origin === "argument" ? names : [...names, "Globals"];
}

/** Whether the registry needs `ScriptTypesOf`. */
export function readsArgument({ scripts = [] }: Contract): boolean {
  return scripts.some(({ origin }) => origin === "argument");
}

/** `Registry`, `Registry<ScriptTypes>`, or with globals `Registry<unknown, Globals>`. */
export function registryType(contract: Contract): string {
  return `Registry${typeArguments(contract)}`;
}

/** `defineRegistry`, with what scripts and their globals are where the definition says it. */
export function defineCall(contract: Contract): string {
  return `defineRegistry${typeArguments(contract)}`;
}

function typeArguments({ scripts = [], globals }: Contract): string {
  const types = scripts.length === 0 ? "unknown" : "ScriptTypes";
  if (globals === undefined) return scripts.length === 0 ? "" : `<${types}>`;
  return `<${types}, ${globals.origin === "argument" ? "GlobalTypesOf<typeof bindings>" : "Globals"}>`;
}
