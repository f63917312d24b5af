/**
 * @sebastianwessel/quickjs: a sandbox product over quickjs-ng.
 */
import variant from "@jitl/quickjs-ng-wasmfile-release-sync";
import { loadQuickJs } from "@sebastianwessel/quickjs";
import { bindings } from "../host.ts";
import type { Peer } from "../peer.ts";

export const peer: Peer = {
  name: "@sebastianwessel/quickjs",
  differs: "An interpreter without a JIT, in the same process; generic glue for values; no validation.",
  async open(options) {
    const { runSandboxed } = await loadQuickJs(variant as never);
    const tree = bindings(options.bindings);
    return {
      async run(body) {
        const result = await runSandboxed(
          async ({ evalCode }) =>
            await evalCode(
              `const run = async () => { const b = env.b; ${body}; return 1; };\nexport default await run();`,
            ),
          { env: { b: tree }, executionTimeout: 60_000, maxTimeoutCount: 1000 } as never,
        );
        if (!result.ok) throw new Error(JSON.stringify((result as { error: unknown }).error));
      },
      async close() {},
    };
  },
};
