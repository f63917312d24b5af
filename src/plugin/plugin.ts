/**
 * Makes the build plugin: it generates when a build starts and again when an input changes, and hands findings to the tool
 * as its own errors and warnings, so that they show where the tool shows errors (a terminal, an overlay). One plugin for all
 * tools; each file beside this one names one of them.
 */
import { join, resolve } from "node:path";
import { createUnplugin, type UnpluginInstance } from "unplugin";
import type { Diagnostic } from "../diagnostics/diagnostic.ts";
import { formatText } from "../diagnostics/format/text.ts";
import { didYouMean } from "../model/suggest.ts";
import { readText } from "../files/read-text.ts";
import { generate, type GenerateResult } from "../generator/generate.ts";
import { createMemory } from "../generator/memory.ts";
import { esbuildMessages } from "./esbuild-messages.ts";
import type { PluginOptions } from "./options.ts";
import { lookFrom, rootOfEntries, type ToolRoot } from "./root.ts";

/** A finding as build tools want it: `loc` and `frame` are what their overlays show. */
export interface BuildError extends Error {
  readonly plugin: string;
  readonly id?: string;
  readonly loc?: { readonly file: string; readonly line: number; readonly column: number };
  readonly frame?: string;
}

const name = "isobind";

/** Vite's watcher tells of one change of a file in 50 ms; a formatter that writes after the editor does it sooner. */
const settleMs = 60;

/**
 * @example
 * // vite.config.ts
 * import isobind from "isobind/vite";
 * export default { plugins: [isobind()] };
 */
export const plugin: UnpluginInstance<PluginOptions | undefined, false> = createUnplugin(
  (options = {}, meta) => {
    checkOptions(options);
    /** The build tool's root; it is known when the tool hands its own options over, which is before any build starts. */
    let root: ToolRoot = { folder: process.cwd(), entries: null };
    /** Absolute paths of what the last generation read or looked for. */
    let inputs: ReadonlySet<string> = new Set();
    const memory = createMemory();

    async function run(): Promise<GenerateResult> {
      const result = await generate(options.config, {
        cwd: lookFrom(root, options),
        check: options.mode === "check",
        memory,
      });
      inputs = new Set([...result.inputs.files, ...result.inputs.missing].filter(isOwn));
      return result;
    }

    return {
      name,
      async buildStart() {
        // esbuild takes findings and watched files from its own hooks only: see `setup`.
        if (meta.framework === "esbuild") return;
        const result = await run();
        // Files that do not exist yet cannot be watched by every tool; those that do are enough to notice an edit.
        for (const file of result.inputs.files) if (isOwn(file)) this.addWatchFile(file);
        for (const warning of result.diagnostics.filter(({ severity }) => severity === "warning")) {
          warn(this, warning, result.root);
        }
        const error = buildError(result);
        if (error) throw error;
      },
      esbuild: {
        setup(build) {
          root = { folder: build.initialOptions.absWorkingDir ?? process.cwd(), entries: null };
          let isWatched = false;
          build.onStart(async () => {
            isWatched = false;
            return esbuildMessages(await run(), root.folder);
          });
          // Files are watched with a path that is resolved: with the first of a build, as whoever else resolves it says.
          build.onResolve({ filter: /.*/ }, async ({ path, ...place }) => {
            if (isWatched) return undefined;
            isWatched = true;
            const found = await build.resolve(path, place);
            return { ...found, watchFiles: [...inputs] };
          });
        },
      },
      webpack(compiler) {
        root = { folder: compiler.context, entries: null };
      },
      rspack(compiler) {
        root = { folder: compiler.context, entries: null };
      },
      rollup: {
        // Last, so that entries which other plugins add are among them.
        options: { order: "post", handler: ({ input }) => void (root = rootOfEntries(input)) },
      },
      rolldown: {
        options: {
          order: "post",
          handler: ({ cwd, input }) =>
            void (root = cwd === undefined ? rootOfEntries(input) : { folder: resolve(cwd), entries: null }),
        },
      },
      vite: {
        configResolved(config) {
          root = { folder: config.root, entries: null };
        },
        configureServer(server) {
          // The development server calls `buildStart` once; from then on its watcher tells of edits.
          let queue: Promise<void> = Promise.resolve();
          let timer: NodeJS.Timeout | undefined;
          const turn = async (): Promise<void> => {
            const known = inputs;
            const error = buildError(await run());
            // Only what is new: adding a path again restarts its watch, and an edit in that moment would be lost.
            server.watcher.add([...inputs].filter((input) => !known.has(input)));
            inputs = new Set([...known, ...inputs]);
            if (!error) return;
            server.config.logger.error(error.message);
            const { message, id, loc, frame, plugin: by } = error;
            const place = { ...(id ? { id } : {}), ...(loc ? { loc } : {}), ...(frame ? { frame } : {}) };
            server.ws.send({ type: "error", err: { message, stack: "", plugin: by, ...place } });
          };
          const onChange = (file: string): void => {
            if (!inputs.has(file)) return;
            clearTimeout(timer);
            timer = setTimeout(() => void (queue = queue.then(turn)), settleMs);
          };
          server.watcher.on("change", onChange);
          server.watcher.on("add", onChange);
          server.httpServer?.once("listening", () => server.watcher.add([...inputs]));
        },
      },
    };
  },
);

/** A misspelt option would be the default, and the default writes where a check was meant. */
function checkOptions(options: PluginOptions): void {
  const known = ["config", "cwd", "mode"];
  const strange = Object.keys(options).find((key) => !known.includes(key));
  if (strange !== undefined) {
    throw new Error(`isobind: there is no option \`${strange}\`.${didYouMean(strange, known)}`);
  }
  const { mode = "write" } = options;
  if (mode !== "write" && mode !== "check") {
    const hint = didYouMean(String(mode), ["write", "check"]);
    throw new Error(`isobind: \`mode\` is \`write\` or \`check\`, not \`${String(mode)}\`.${hint}`);
  }
}

/** All errors of one generation as one error; its place is the first one's. */
function buildError({ ok, diagnostics, root }: GenerateResult): BuildError | null {
  if (ok) return null;
  const errors = diagnostics.filter(({ severity }) => severity === "error");
  const text = formatText(errors, { source: reader(root), colors: false });
  const first = errors[0];
  const error = new Error(`isobind: nothing was generated.\n\n${text}`) as Error & {
    -readonly [K in keyof BuildError]: BuildError[K];
  };
  // Some tools print the stack and not the message; our own frames are of no use to anyone there.
  error.stack = error.message;
  error.plugin = name;
  if (first?.file != null) {
    const file = join(root, first.file);
    error.id = file;
    error.loc = { file, line: first.line ?? 1, column: (first.column ?? 1) - 1 };
  }
  return error;
}

function warn(context: unknown, warning: Diagnostic, root: string): void {
  const text = formatText([warning], { source: reader(root), colors: false });
  const own = context as { warn?: (message: string) => void };
  if (typeof own.warn === "function") own.warn(text);
  else console.warn(text);
}

function reader(root: string): (file: string) => string | null {
  return (file) => readText(join(root, file));
}

/** Packages change by installing, which is not an edit. */
function isOwn(path: string): boolean {
  return !/[\\/]node_modules[\\/]/.test(path);
}
