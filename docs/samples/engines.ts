import { defineConfig } from "isobind";

export default defineConfig({
  definition: "./bindings.ts",
  engines: ["node24"],
});
