import { defineConfig } from "isobind";

export default defineConfig({
  outDir: "./generated",
  definition: [
    { name: "customers", definition: "./customers.ts", profiles: ["free", "pro"] },
    { name: "operations", definition: "./operations.ts" },
  ],
});
