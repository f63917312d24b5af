/** Our own config: the sample of the README, the golden output in the tests and the demo are one project. */
import { defineConfig } from "isobind";

export default defineConfig({
  definition: "./fixtures/quickstart/bindings.ts",
  outDir: "./fixtures/quickstart/generated",
});
