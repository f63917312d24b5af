import { createSandbox } from "isobind/runtime";
import { mockRegistry } from "isobind/testing";

const registry = mockRegistry("generated/contract.json", { overrides: { orders: { list: ["a7", "b3"] } } });
const sandbox = await createSandbox({ registry, isolation: "none" });
console.log(await sandbox.run(`export default await SecureExec.bindings.orders.list({ customer: "Ada" });`));
console.log(registry.callsTo("orders.list").length);
await sandbox.dispose();
