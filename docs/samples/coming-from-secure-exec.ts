import { createNodeDriver, createNodeRuntimeDriverFactory, NodeRuntime } from "isobind/secure-exec";

const runtime = new NodeRuntime({
  systemDriver: createNodeDriver(),
  runtimeDriverFactory: createNodeRuntimeDriverFactory(),
  bindings: { greet: (name: string) => `Hello, ${name}!` }, // or a generated registry
  memoryLimit: 64,
  cpuTimeLimitMs: 2_000,
  onStdio: ({ channel, message }) => process[channel].write(message),
});
const { code, exports } = await runtime.run(`module.exports = SecureExec.bindings.greet("Ada")`);
console.log(code, exports);
await runtime.terminate();
