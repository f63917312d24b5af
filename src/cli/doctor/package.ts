/** Checks the project's package.json: what makes its TypeScript files modules, and that generated code can import us. */
import { existsSync, readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { join } from "node:path";
import type { RuntimePackage } from "../../config/config.ts";
import { packageType } from "../../config/load/module-syntax.ts";
import { upward } from "../../files/upward.ts";
import { error, ok, warning, type Finding, type Patient } from "./finding.ts";

export function checkPackage({ root, config }: Patient): readonly Finding[] {
  const names = (config?.contracts ?? []).map(({ runtimePackage = "isobind" }) => runtimePackage);
  const imported: readonly RuntimePackage[] = names.length === 0 ? ["isobind"] : [...new Set(names)];
  return [moduleType(root), ...imported.map((name) => installed(root, name))];
}

/**
 * Whatever a package is, it stays, as long as something compiles its TypeScript: `"type": "module"` turns each `require` of its JavaScript into an error, and
 * a package without it compiles the registry to CommonJS, as it does its other sources. Where nothing does, Node runs the files themselves, and
 * refuses `import` in those of a package that says `"type": "commonjs"`, as `npm init -y` writes it.
 */
function moduleType(root: string): Finding {
  const name = "package type";
  switch (packageType(root)) {
    case "module":
      return ok(name, `package.json says "type": "module".`);
    case "commonjs":
      return compiles(root)
        ? ok(
            name,
            `package.json says "type": "commonjs": the generated registry.ts runs as tsc, tsx or a bundler makes it, like your other sources.`,
          )
        : warning(
            name,
            `package.json says "type": "commonjs", and names nothing that compiles TypeScript: Node refuses \`import\` in registry.ts and in the program that loads it.`,
            "`npm pkg set type=module`, or install what you build with (tsx, typescript, a bundler).",
          );
    default:
      return hasPackage(root)
        ? ok(name, `package.json has no "type", so Node looks into each file to see whether it is a module.`)
        : warning(name, "there is no package.json, so nothing can be installed here.", "npm init -y");
  }
}

/** What makes CommonJS, or runs modules, of TypeScript. */
const compilers =
  /^(?:typescript|tsx|ts-node|@swc\/\S+|@swc-node\/\S+|esbuild|tsup|tsdown|unbuild|vite|rollup|rolldown|webpack|@rspack\/\S+|parcel|bun|@types\/bun|@babel\/\S+|next|nuxt|@nestjs\/\S+|jest|ts-jest|jiti)$/u;

function compiles(root: string): boolean {
  return upward(root).some((folder) => {
    try {
      const manifest = JSON.parse(readFileSync(join(folder, "package.json"), "utf8")) as Manifest;
      const { dependencies, devDependencies } = manifest;
      return Object.keys({ ...dependencies, ...devDependencies }).some((name) => compilers.test(name));
    } catch {
      // None here.
      return false;
    }
  });
}

interface Manifest {
  readonly dependencies?: object;
  readonly devDependencies?: object;
}

/** As Node looks for it: here, or in a folder above. */
function hasPackage(folder: string): boolean {
  return upward(folder).some((one) => existsSync(join(one, "package.json")));
}

function installed(root: string, name: RuntimePackage): Finding {
  try {
    createRequire(join(root, "package.json")).resolve(`${name}/registry`);
    return ok(name, `generated code can import ${name}/registry.`);
  } catch {
    return error(name, `generated code cannot import ${name}/registry from here.`, `npm i ${name}`);
  }
}
