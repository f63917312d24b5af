/** The project's package.json: what makes its TypeScript files modules, and that generated code can import us. */
import { existsSync } from "node:fs";
import { createRequire } from "node:module";
import { join } from "node:path";
import type { RuntimePackage } from "../../config/config.ts";
import { packageType } from "../../generator/load/module-syntax.ts";
import { error, ok, warning, type Finding, type Patient } from "./finding.ts";

export function checkPackage({ root, config }: Patient): readonly Finding[] {
  const names = (config?.contracts ?? []).map(({ runtimePackage = "isobind" }) => runtimePackage);
  const imported: readonly RuntimePackage[] = names.length === 0 ? ["isobind"] : [...new Set(names)];
  return [moduleType(root), ...imported.map((name) => installed(root, name))];
}

function moduleType(root: string): Finding {
  const type = packageType(root);
  if (type === "module") return ok("package type", `package.json says "type": "module".`);
  return warning(
    "package type",
    type === null
      ? `package.json has no "type", so Node reads every TypeScript file twice to find out what it is.`
      : `package.json says "type": "${type}", so your own programs cannot import the generated registry.ts as it is.`,
    // `npm pkg` changes a package.json and makes none.
    existsSync(join(root, "package.json"))
      ? "npm pkg set type=module"
      : "npm init -y && npm pkg set type=module",
  );
}

function installed(root: string, name: RuntimePackage): Finding {
  try {
    createRequire(join(root, "package.json")).resolve(`${name}/registry`);
    return ok(name, `generated code can import ${name}/registry.`);
  } catch {
    return error(name, `generated code cannot import ${name}/registry from here.`, `npm i ${name}`);
  }
}
