/**
 * secure-exec: the documented product of the same idea. Its NodeRuntime does not wire `bindings`, so the lower-level
 * driver is used.
 */
import { createNodeDriver, NodeExecutionDriver } from "secure-exec";
import { bindings } from "../host.ts";
import type { Peer } from "../peer.ts";

export const peer: Peer = {
  name: "secure-exec 0.2.1",
  differs:
    "JSON on the wire (a Uint8Array arrives as an object), asynchronous bindings block, no validation; does more around it (virtual filesystem, network, processes).",
  async open(options) {
    const system = createNodeDriver();
    const driver = new NodeExecutionDriver({
      system,
      runtime: system.runtime,
      bindings: bindings(options.bindings) as never,
    } as never);
    return {
      async run(body) {
        const result = await driver.exec(
          `(async () => { const b = SecureExec.bindings; ${body} })().catch((error) => { console.error(error); process.exit(1); })`,
        );
        if (result.code !== 0) throw new Error(result.errorMessage ?? `exit ${result.code}`);
      },
      async close() {
        driver.dispose();
      },
    };
  },
};
