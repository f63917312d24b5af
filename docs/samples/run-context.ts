import { callContext } from "isobind/registry";
import { createSandbox } from "isobind/runtime";

interface Tenant {
  readonly name: string;
}

const sandbox = await createSandbox({
  registry: { whoami: async () => callContext<Tenant>().context.name },
  onConsole: ({ text, context }) => console.log((context as Tenant).name, text),
});
const script = `console.log(await SecureExec.bindings.whoami())`;
for (const name of ["ada", "bob"]) await sandbox.run(script, { context: { name } satisfies Tenant });
await sandbox.dispose();
