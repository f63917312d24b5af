import { createKernel, createNodeDriver, createNodeRuntime, NodeExecutionDriver } from "isobind/secure-exec";

const bindings = { greet: (name: string) => `Hello, ${name}!` };

const system = createNodeDriver();
const driver = new NodeExecutionDriver({ system, runtime: system.runtime, bindings });
const { exports } = await driver.run(`module.exports = SecureExec.bindings.greet("Ada")`);
console.log(exports);
await driver.terminate();

const kernel = createKernel();
await kernel.mount(createNodeRuntime({ bindings }));
await kernel.writeFile("/main.mjs", `console.log(SecureExec.bindings.greet("Alan"))`);
const script = kernel.spawn("node", ["/main.mjs"], { onStdout: (bytes) => process.stdout.write(bytes) });
console.log(await script.wait());
await kernel.dispose();
