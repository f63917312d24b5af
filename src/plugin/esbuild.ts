/** `isobind/esbuild`: the build plugin for esbuild. */
import { plugin } from "./plugin.ts";

export type { PluginOptions } from "./options.ts";
export default plugin.esbuild;
