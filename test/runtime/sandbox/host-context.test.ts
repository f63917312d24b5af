import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { describe, expect, it } from "vitest";
import { compile, compilers } from "../../emit/compile.ts";

const root = fileURLToPath(new URL("../../../", import.meta.url));
const options = {
  module: "nodenext",
  moduleResolution: "nodenext",
  lib: ["es2024", "esnext.disposable", "dom"],
  skipLibCheck: false,
  paths: {
    "isobind/runtime": [`${root}dist/runtime/index.d.ts`],
    "isobind/registry": [`${root}dist/registry/index.d.ts`],
  },
};

/** The sample of the documentation. */
const register = readFileSync(`${root}docs/samples/register-context.ts`, "utf8");

const imports = `import { callContext } from "isobind/registry";
import { createSandbox, type BindingCall, type CallFailure, type ConsoleEvent, type RunOptions } from "isobind/runtime";
`;

describe.each(compilers)("the type of a run's context, TypeScript %s", (compiler) => {
  it("is unknown and optional until a program says otherwise; a type argument says it for one reader", async () => {
    const program = `${imports}
      const sandbox = await createSandbox();
      await sandbox.run("1");
      await sandbox.run("1", { context: 5 });
      const options: RunOptions = { filename: "a.js" };
      await sandbox.run("1", options);
      const context: unknown = callContext().context;
      const tenant: string = callContext<{ readonly tenant: string }>().context.tenant;
      // @ts-expect-error -- nothing is known of it
      callContext().context.tenant;
      export { context, tenant };`;
    expect(await compile(compiler, { "main.mts": program }, options)).toBe("");
  });

  it("is what Isobind.Register says, and then every run must give it", async () => {
    const program = `${imports}
      const sandbox = await createSandbox({
        onConsole: (event: ConsoleEvent) => event.context.tenant,
        onCall: (call: BindingCall, next) => (call.context.tenant, next()),
        onError: (failure: CallFailure) => failure.context.tenant,
      });
      await sandbox.run("1", { context: { tenant: "a" } });
      const tenant: string = callContext().context.tenant;
      // @ts-expect-error -- no options
      await sandbox.run("1");
      // @ts-expect-error -- no context
      await sandbox.run("1", { filename: "a.js" });
      // @ts-expect-error -- another context
      await sandbox.run("1", { context: { tenant: 5 } });
      export { tenant };`;
    expect(await compile(compiler, { "main.mts": program, "register.mts": register }, options)).toBe("");
  });
});
