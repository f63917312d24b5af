/** `isobind/webpack`: the build plugin for webpack. */
import { plugin } from "./plugin.ts";

export type { PluginOptions } from "./options.ts";
export default plugin.webpack;
