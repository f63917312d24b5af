import { createSandbox } from "isobind/runtime";
import { record, replay } from "isobind/testing";
import host from "./host.ts";

const script = "export default await SecureExec.bindings.orders.find('a7');";

// Once, with the real host functions.
const real = await createSandbox({ registry: record(host, "orders.calls.jsonl") });
console.log(await real.run(script));
await real.dispose();

// From then on without them.
const registry = replay("orders.calls.jsonl");
const again = await createSandbox({ registry, isolation: "none" });
console.log(await again.run(script), registry.calls.length);
await again.dispose();
