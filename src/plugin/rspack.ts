/** `isobind/rspack`: the build plugin for rspack. */
import type { RspackPluginInstance } from "@rspack/core";
import type { PluginOptions } from "./options.ts";
import { plugin } from "./plugin.ts";

export type { PluginOptions } from "./options.ts";

/** Said here, because the type that comes from the common plugin is one of a package that users do not have. */
const rspack: (options?: PluginOptions) => RspackPluginInstance = plugin.rspack;
export default rspack;
