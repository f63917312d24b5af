import { availableParallelism } from "node:os";
import { join } from "node:path";
import { defineConfig } from "vitest/config";
import { isBuilt } from "./test/built.ts";

export default defineConfig({
  resolve: {
    // The module that says where the program of a worker is: the built one names the built program.
    alias: isBuilt
      ? [
          {
            find: /^.*\/worker-program\.ts$/,
            replacement: join(import.meta.dirname, "dist/runtime/process/worker-program.js"),
          },
        ]
      : [],
  },
  test: {
    include: ["test/**/*.test.ts"],
    exclude: ["test/peers/**", "**/node_modules/**"],
    globalSetup: ["test/scratch.ts"],
    testTimeout: 120_000,
    hookTimeout: 120_000,
    // A poll waits for what comes; on a machine that stands still for a moment a second is nothing.
    expect: { poll: { timeout: 60_000 } },
    pool: "forks",
    // Much of what is tested waits for processes: two at a time on two processors, where the default is one.
    maxWorkers: Math.max(2, availableParallelism() - 1),
  },
});
