/** `isobind/vite`: the build plugin for vite. */
import { plugin } from "./plugin.ts";

export type { PluginOptions } from "./options.ts";
export default plugin.vite;
