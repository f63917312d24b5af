/**
 * Explains what the language has elsewhere and the script's engine lacks. The compiler advises to change its options, which no author of a
 * script can.
 *
 * `Promise.try(f)` → "The sandbox has no `Promise.try`: Node 22 does not have it, Node 24 does."
 */
import { type Lack, whyLacking } from "../../../library/newer.ts";
import { type CheckedScript, ts } from "../frontend/service.ts";

/** Why a global is not there, `null` for one that no engine has. */
export function lackingGlobal(
  { engine }: CheckedScript,
  name: string,
): (Lack & { readonly name: string }) | null {
  const lack = whyLacking("globalThis", name, engine);
  return lack && { name, ...lack };
}

/** Why a property is not there: of `Promise.try`, of `set.union`, of `const { isError } = Error`. */
export function lackingProperty(
  { engine, program }: CheckedScript,
  owner: ts.Node,
  name: string,
): (Lack & { readonly name: string }) | null {
  const checker = program.getTypeChecker();
  const { symbol } = checker.getApparentType(checker.getTypeAtLocation(owner));
  if (symbol === undefined) return null;
  const type = checker.getFullyQualifiedName(symbol).replace(/^global(?:This)?\./u, "");
  for (const path of pathsOf(type)) {
    const lack = whyLacking(path, name, engine);
    if (lack) return { name: `${path.replace(/\.prototype$/u, "")}.${name}`, ...lack };
  }
  return null;
}

/** The objects that a type of TypeScript's library may describe: `PromiseConstructor` → `Promise`. */
function pathsOf(type: string): readonly string[] {
  if (type === "globalThis") return [type];
  if (/Iterator(?:Object)?$/u.test(type)) return ["Iterator.prototype"];
  const name = type.replace(/Constructor$/u, "");
  return name === type ? [`${name}.prototype`, name] : [name];
}
