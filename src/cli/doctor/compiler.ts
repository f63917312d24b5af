/** Checks that the compiler a config asks for can be started where it asks for one. */
import { error, ok, type Finding, type Patient } from "./finding.ts";

export async function checkCompiler({ root, config }: Patient): Promise<readonly Finding[]> {
  const names = new Set((config?.contracts ?? []).flatMap(({ native }) => native ?? []));
  if (names.size === 0) return [];
  const { findTypeScript7 } = await import("../../read/frontend/native/find.ts");
  return [...names].map((name) => {
    const found = findTypeScript7(root, name);
    return "reason" in found
      ? error("compiler", `\`compiler: "native"\` cannot be used: ${found.reason}.`, found.help)
      : ok("compiler", `TypeScript ${found.version} reads the definitions that ask for it.`);
  });
}
