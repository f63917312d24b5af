/**
 * The `package.json` of a package for authors of scripts.
 */
import { digest } from "../model/identity/digest.ts";
import type { Json } from "../model/json.ts";
import type { PackInput } from "./pack.ts";

export function manifestText(input: PackInput, files: readonly string[]): string {
  const { name, version, contract, manifest = {} } = input;
  const profile = contract.profile?.name;
  const whose = profile === undefined ? "" : `, profile ${profile}`;
  const own: Readonly<Record<string, Json>> = {
    name,
    version,
    description: `What scripts may call: declaration, editor settings, mocks for tests and a reference${whose}.`,
    license: "UNLICENSED",
    type: "module",
    sideEffects: false,
    engines: { node: ">=22.18" },
    ...manifest,
  };
  const fixed: Readonly<Record<string, Json>> = {
    name,
    version,
    type: "module",
    exports: {
      ".": { types: "./index.d.ts", default: "./index.js" },
      "./testing": { types: "./testing.d.ts", default: "./testing.js" },
      "./contract.json": "./contract.json",
      ...Object.fromEntries(
        files.flatMap((file) => (/^tsconfig\..*json$/u.test(file) ? [[`./${file}`, `./${file}`]] : [])),
      ),
      "./package.json": "./package.json",
    },
    files: files.filter((file) => file !== "package.json" && file !== "README.md"),
    isobind: { contract: digest(contract), ...(profile !== undefined && { profile }) },
  };
  return `${JSON.stringify({ ...own, ...fixed }, null, 2)}\n`;
}
