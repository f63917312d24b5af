/** Types of globals, as the definition lists them: held by the compiler, never run. */
import { createSandbox, type SandboxOptions } from "../../../src/runtime/index.ts";
import type { Registry } from "../../../src/registry/index.ts";

interface Globals {
  region: "eu" | "us";
  coupon?: string;
}
declare const registry: Registry<{ default: { input: number; result: string } }, Globals>;

export async function typed(): Promise<void> {
  const sandbox = await createSandbox({ registry, globals: { region: "eu" } });
  const result = await sandbox.run("", { input: 1 });
  if (result.status === "ok") result.exports.default satisfies string;
  await createSandbox({ registry, globals: { region: "us", coupon: "x" } });
  // @ts-expect-error They are missing.
  await createSandbox({ registry });
  // @ts-expect-error One is missing.
  await createSandbox({ registry, globals: {} });
  // @ts-expect-error One is of another type.
  await createSandbox({ registry, globals: { region: "asia" } });
  // @ts-expect-error There is no such global.
  await createSandbox({ registry, globals: { region: "eu", cuopon: "x" } });
}

/** Nothing is said of globals, or nothing must be given. */
export async function untyped(plain: Registry, optional: Registry<unknown, { a?: number }>): Promise<void> {
  await createSandbox({ registry: plain, globals: { anything: 1 } });
  await createSandbox({ registry: optional });
  await createSandbox({ registry: optional, globals: { a: 1 } });
  const options: SandboxOptions = { registry: plain, globals: { anything: 1 } };
  await createSandbox(options);
}
