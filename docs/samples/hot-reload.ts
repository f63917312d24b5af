import { createSandbox, type Sandbox } from "isobind/runtime";

// What is kept here outlives this module: loaded again, it finds the sandbox it made before, and ends its workers.
const kept = globalThis as { sandbox?: Sandbox };
await kept.sandbox?.close();

export const sandbox = await createSandbox({
  registry: { greet: (name: string) => `Hello, ${name}!` },
});
kept.sandbox = sandbox;
