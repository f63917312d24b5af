import { createSandbox, formatError } from "isobind/runtime";
import { defineRegistry } from "isobind/registry";

const registry = defineRegistry({ greet: (name: string) => `Hello, ${name}!` });
const sandbox = await createSandbox({ registry, isolation: "none" });
const source = `const { greet } = SecureExec.bindings;
export default () => greet("Ada");`;
const result = await sandbox.run(source, { filename: "hello.ts" });
if (result.status !== "ok")
  console.log(formatError(result.error, { source, filename: "hello.ts", registry }));
await sandbox.dispose();
