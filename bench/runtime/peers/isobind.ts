/**
 * isobind itself, through its public surface: a generated registry with validators, and `createSandbox`.
 */
import { execFileSync } from "node:child_process";
import { existsSync, mkdirSync, symlinkSync, writeFileSync } from "node:fs";
import { fileURLToPath, pathToFileURL } from "node:url";
import { join } from "node:path";
import type { SandboxOptions } from "isobind/runtime";
import type { Registry } from "isobind/registry";
import { loadEngine } from "../../../dist/runtime/engine/load.js";
import { createGuest } from "../../../dist/runtime/guest/guest.js";
import { guestSetup } from "../../../dist/runtime/host/leaves.js";
import { resolveLimits } from "../../../dist/runtime/limits.js";
import type { Guest, HostPort } from "../../../dist/runtime/seam.js";
import { functions } from "../host.ts";
import type { OpenPeer } from "../peer.ts";

const work = fileURLToPath(new URL("../../.work", import.meta.url));
const host = new URL("../host.ts", import.meta.url).pathname;
const here = fileURLToPath(new URL("../../..", import.meta.url));

/** The registry of `count` bindings, generated on first use by the isobind of that folder; and the module a worker can import. */
export async function registryOf(count: number, build = here): Promise<{ registry: Registry; module: URL }> {
  const folder = join(
    work,
    build === here ? "own" : build.replaceAll(/[^\w]+/g, "-"),
    `runtime-${count}-of-${Object.keys(functions).length}`,
  );
  const module = pathToFileURL(join(folder, "generated/registry.ts"));
  if (!existsSync(module)) {
    // What the registry imports is of the same build.
    mkdirSync(join(folder, "node_modules"), { recursive: true });
    symlinkSync(build, join(folder, "node_modules/isobind"), "junction");
    const fillers = Array.from({ length: count - Object.keys(functions).length }, (_, i) => {
      const name = `filler${i + Object.keys(functions).length}`;
      return `  ${name}: functions.add,`;
    });
    const own = Object.keys(functions).map((name) => `  ${name}: functions.${name},`);
    writeFileSync(
      join(folder, "bindings.ts"),
      `import { functions } from ${JSON.stringify(host)};\n\nexport default {\n${[...own, ...fillers].join("\n")}\n};\n`,
    );
    writeFileSync(join(folder, "bindings.config.ts"), `export default { definition: "./bindings.ts" };\n`);
    execFileSync(process.execPath, [join(build, "dist/cli/main.js"), "generate"], {
      cwd: folder,
      stdio: ["ignore", "inherit", "inherit"],
    });
  }
  return { registry: ((await import(module.href)) as { default: Registry }).default, module };
}

export async function openIsobind(
  options: Pick<SandboxOptions, "isolation" | "placement" | "workers">,
  count: number,
  build = here,
): Promise<OpenPeer> {
  const { registry, module } = await registryOf(count, build);
  const entry = pathToFileURL(join(build, "dist/runtime/index.js"));
  const { createSandbox } = (await import(entry.href)) as typeof import("isobind/runtime");
  const sandbox = await createSandbox({
    ...options,
    ...(options.placement === "worker" ? { registryModule: module } : {}),
    registry,
    limits: { calls: 10_000_000, concurrency: 10_000, cpuMs: 60_000, wallMs: 60_000 },
  } as SandboxOptions);
  return {
    async run(body) {
      const result = await sandbox.run(`const b = SecureExec.bindings; ${body}`, { filename: "bench.js" });
      if (result.status !== "ok") throw new Error(`${result.status}: ${result.error.message}`);
    },
    close: () => sandbox.dispose(),
  };
}

/** What preparing an isolate is made of, and the same without us. */
export interface Preparations {
  /** An isolate with an empty context, from the very engine ours uses: two copies of isolated-vm do not live in one process. */
  empty(): { dispose(): void };
  /** As the product does before it knows a script: context, prelude, frozen tree; nobody answers calls. */
  ours(): Guest;
}

export async function prepareIsobind(count: number): Promise<Preparations> {
  const { registry } = await registryOf(count);
  const setup = guestSetup(registry, resolveLimits());
  const port: HostPort = {
    callSync: () => undefined,
    callAsync: () => undefined,
    console: () => undefined,
  };
  const { Isolate } = loadEngine();
  return {
    empty() {
      const isolate = new Isolate({ memoryLimit: setup.limits.memoryMb });
      isolate.createContextSync();
      return isolate;
    },
    ours: () => createGuest(setup, port),
  };
}
