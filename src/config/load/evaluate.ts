/**
 * Evaluates a config with Node's own `import()`, fresh each time, and notes every file that took part. The definition
 * itself is never evaluated, only the config and what it imports.
 */
import { registerHooks } from "node:module";
import { fileURLToPath, pathToFileURL } from "node:url";
import { loadModuleSyntax } from "./module-syntax.ts";
import { nativeImport } from "./native-import.ts";
import { resolveToSources } from "./sources.ts";

export type Evaluation = { readonly inputs: readonly string[]; readonly missing: readonly string[] } & (
  { readonly kind: "value"; readonly value: unknown } | { readonly kind: "failure"; readonly error: unknown }
);

/** What a config gets for `isobind`: this very copy, so that `npx isobind` works where nothing is installed. */
const ownEntry = new URL(
  import.meta.url.endsWith(".ts") ? "../../index.ts" : "../../index.js",
  import.meta.url,
).href;

let evaluations = 0;

/** The default export of a config file. Relative imports of the config are evaluated afresh too. */
export async function evaluate(file: string): Promise<Evaluation> {
  // Node caches modules by URL. The query makes this evaluation's modules its own; without it a watcher would see the
  // first version of a config for ever. Old versions stay in memory: a few kilobytes for each edit of a config.
  const turn = String(++evaluations);
  const inputs = new Set<string>([file]);
  const missing = new Set<string>();
  const hooks = registerHooks({
    resolve(specifier, context, next) {
      if (turnOf(context.parentURL) !== turn) return next(specifier, context);
      if (specifier === "isobind") return { url: ownEntry, shortCircuit: true };
      const resolved = resolveToSources(specifier, context, (found, where) =>
        attempt(
          () => next(found, where),
          () => {
            if (/^\.{0,2}\//.test(found)) missing.add(fileURLToPath(new URL(found, context.parentURL)));
          },
        ),
      );
      if (!resolved.url.startsWith("file:")) return resolved;
      inputs.add(fileURLToPath(resolved.url));
      // Installed packages keep their one instance: some hold state.
      if (resolved.url.includes("/node_modules/")) return resolved;
      return { ...resolved, url: withTurn(resolved.url, turn) };
    },
    load: loadModuleSyntax,
  });
  try {
    const module = await nativeImport(withTurn(pathToFileURL(file).href, turn));
    return { kind: "value", value: await module.default, inputs: [...inputs], missing: [...missing] };
  } catch (error) {
    return { kind: "failure", error, inputs: [...inputs], missing: [...missing] };
  } finally {
    hooks.deregister();
  }
}

function attempt<T>(step: () => T, onFailure: () => void): T {
  try {
    return step();
  } catch (error) {
    onFailure();
    throw error;
  }
}

function withTurn(href: string, turn: string): string {
  const url = new URL(href);
  url.searchParams.set("isobind", turn);
  return url.href;
}

function turnOf(href: string | undefined): string | null {
  return href?.startsWith("file:") === true ? new URL(href).searchParams.get("isobind") : null;
}
