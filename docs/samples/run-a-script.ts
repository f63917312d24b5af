import { createSandbox } from "isobind/runtime";

const sandbox = await createSandbox({
  registry: { greet: (name: string) => `Hello, ${name}!` },
  limits: { wallMs: 5_000, memoryMb: 64 },
  onConsole: ({ level, text }) => console.log(level, text),
});
const result = await sandbox.run(`export default SecureExec.bindings.greet(input.name)`, {
  filename: "hello.js",
  input: { name: "Ada" },
});
if (result.status === "ok") console.log(result.exports["default"], result.stats.calls);
else console.error(result.status, result.error.stack);
await sandbox.dispose();
