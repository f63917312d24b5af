/** `isobind/rspack`: the build plugin for rspack. */
import { plugin } from "./plugin.ts";

export type { PluginOptions } from "./plugin.ts";
export default plugin.rspack;
