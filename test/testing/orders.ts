/** The bindings that the tests of this folder mock, as they are generated. */
import { cpSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import type { Registry } from "../../src/model/registry.ts";
import { fixtures, run, scratch } from "../golden/case.ts";

const folder = scratch();
cpSync(join(fixtures, "testing"), folder, { recursive: true });
await run(folder);

/** The content of `generated/contract.json`. */
export const contract = JSON.parse(readFileSync(join(folder, "generated/contract.json"), "utf8")) as object;
export const declarationText = readFileSync(join(folder, "generated/secure-exec.d.ts"), "utf8");

/** The registry that a host makes of its functions. */
const registryModule = join(folder, "generated/registry.ts");
writeFileSync(
  registryModule,
  readFileSync(registryModule, "utf8").replace(
    '"isobind/registry"',
    JSON.stringify(pathToFileURL(join(import.meta.dirname, "../../src/registry/index.ts")).href),
  ),
);
export const { createRegistry: hostRegistry } = (await import(
  /* @vite-ignore */ pathToFileURL(registryModule).href
)) as { createRegistry: (bindings: object) => Registry };
rmSync(folder, { recursive: true, force: true });
