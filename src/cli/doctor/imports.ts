/**
 * Checks the import of the definition in the generated registry: that the file of that name exists, or a source it is built
 * from.
 */
import { existsSync, readFileSync } from "node:fs";
import { dirname, join, relative, resolve } from "node:path";
import { sourceOf } from "../../config/load/sources.ts";
import { error, ok, type Finding, type Patient } from "./finding.ts";

export function checkImports({ root, config }: Patient): readonly Finding[] {
  return (config?.contracts ?? []).flatMap(({ outDir }) => {
    const registry = join(outDir, "registry.ts");
    const specifier = existsSync(registry) ? definitionImport(readFileSync(registry, "utf8")) : null;
    return specifier === null ? [] : [judge(root, registry, specifier)];
  });
}

/** Of a registry that is handed its functions, none: its import is of types only. */
function definitionImport(registry: string): string | null {
  return /^import bindings from "([^"]+)";$/m.exec(registry)?.[1] ?? null;
}

function judge(root: string, registry: string, specifier: string): Finding {
  const name = "definition import";
  const shown = relative(root, registry);
  const file = resolve(dirname(registry), specifier);
  if (existsSync(file)) return ok(name, `${shown} imports ${specifier}, which is there.`);
  const source = sourceOf(file);
  if (source === null) {
    return error(
      name,
      `${shown} imports ${specifier}, and there is no such file.`,
      "`isobind generate`, after the definition has been moved.",
    );
  }
  // The usual state under `tsc`: what Node runs is built elsewhere, from the registry too.
  return ok(
    name,
    `${shown} imports ${specifier}, which is built from ${relative(root, source)}; \`isobind run\` takes that.`,
  );
}
