import { defineConfig } from "isobind";

export default defineConfig({
  definition: "./bindings.ts",
  pack: {
    name: "@acme/scripts",
    out: "./packages/scripts",
    title: "Scripts of the shop",
    manifest: { license: "MIT", repository: "github:acme/shop", publishConfig: { access: "public" } },
  },
});
