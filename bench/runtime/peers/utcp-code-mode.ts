/**
 * @utcp/code-mode: tools for model-written code. Tools are registered by their manual; here an in-memory protocol
 * answers them, so that only the sandbox's own cost is measured.
 */
import { CodeModeUtcpClient } from "@utcp/code-mode";
import { bindings } from "../host.ts";
import type { Peer } from "../peer.ts";

export const peer: Peer = {
  name: "@utcp/code-mode",
  differs: "Every call is asynchronous on the host and goes through a tool protocol; values cross as JSON.",
  async open(options) {
    const tree = bindings(options.bindings);
    const client = await CodeModeUtcpClient.create();
    const internals = client as unknown as {
      callTool(name: string, args: Record<string, unknown>): Promise<unknown>;
      getTools?(): Promise<unknown[]>;
      config: { tool_repository: { getTools(): Promise<unknown[]> } };
    };
    internals.config.tool_repository.getTools = async () =>
      Object.keys(tree).map((name) => ({
        name: `host.${name}`,
        description: "",
        inputs: { type: "object", properties: {} },
        outputs: { type: "object", properties: {} },
        tags: [],
        tool_call_template: { call_template_type: "text", name: "host" },
      }));
    internals.callTool = async (name, args) =>
      tree[name.slice("host.".length)]?.(...((args["args"] ?? []) as never[]));
    return {
      async run(body) {
        const names = Object.keys(tree);
        const glue = `const b = {}; ${names.map((n) => `b.${n} = (...args) => host.${n}({ args });`).join(" ")}`;
        const { result, logs } = await client.callToolChain(
          `${glue} ${body.replaceAll(/(?<!await )\bb\.(?!\w+Async)/g, "await b.")}; return "done";`,
          60_000,
        );
        if (result !== "done")
          throw new Error(`the script did not finish: ${String(logs?.at(-1) ?? result)}`);
      },
      async close() {},
    };
  },
};
