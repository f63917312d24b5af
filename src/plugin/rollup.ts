/** `isobind/rollup`: the build plugin for rollup. */
import { plugin } from "./plugin.ts";

export type { PluginOptions } from "./options.ts";
export default plugin.rollup;
