/** `isobind/rolldown`: the build plugin for rolldown. */
import { plugin } from "./plugin.ts";

export type { PluginOptions } from "./options.ts";
export default plugin.rolldown;
