/**
 * `isobind`: what definitions and configs import. Pure; loads nothing.
 */
export { defineConfig, type Config, type ContractConfig } from "./config/config.ts";
export { defineBindings } from "./define-bindings.ts";
