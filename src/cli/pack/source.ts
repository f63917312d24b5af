/** Reads what a package is made of: the generated files of a contract or of one of its profiles, and the module of mocks. */
import { existsSync, readFileSync } from "node:fs";
import { join, relative } from "node:path";
import { fileURLToPath } from "node:url";
import type { ResolvedContract } from "../../config/resolved.ts";
import { libraryName } from "../../library/names.ts";
import { scriptsTsconfig } from "../../library/tsconfig.ts";
import type { Contract } from "../../model/contract.ts";
import { exampleScript, examplesOf } from "../../model/examples.ts";
import type { PackedExample, PackInput } from "../../pack/index.ts";
import { UsageError } from "../exit.ts";
import type { Io } from "../io.ts";
import { generatedFile } from "../project.ts";

export interface PackSource {
  readonly contract: Contract;
  readonly texts: PackInput["texts"];
  /** Those that work. */
  readonly examples: readonly PackedExample[];
  /** Names of bindings that have an example which does not. */
  readonly broken: readonly string[];
}

/** `folder`: that of the profile, or the contract's own. */
export async function readSource(io: Io, contract: ResolvedContract, folder: string): Promise<PackSource> {
  const { parseContract } = await import("../../model/file/deserialize.ts");
  const text = (name: string, from = folder): string =>
    readFileSync(generatedFile(io, from, name), "utf8").replaceAll("\r\n", "\n");
  const declaration = text("secure-exec.d.ts");
  const json = text("contract.json");
  const parsed = parseContract(json);
  const { working, broken } = await workingExamples(parsed, contract);
  return {
    contract: parsed,
    texts: {
      contract: json,
      declaration,
      library: text(libraryName, contract.outDir),
      tsconfig: scriptsTsconfig(contract.engine),
      mocks: mocksText(io),
    },
    examples: working.length > 0 ? working : [withoutExamples],
    broken,
  };
}

const withoutExamples: PackedExample = {
  file: "examples/first.ts",
  title: "the names of what scripts may call",
  text: "export default Object.keys(SecureExec.bindings);\n",
};

/** Each example as a script of its own. One that does not work would be the first thing its reader stumbles over. */
async function workingExamples(contract: Contract, { engine, excessProperties }: ResolvedContract) {
  const examples = examplesOf(contract);
  const working: PackedExample[] = [];
  const broken: string[] = [];
  if (examples.length === 0) return { working, broken };
  const { exampleProblems } = await import("../../examples/check-examples.ts");
  const { problems } = await exampleProblems(contract, examples, { engine, excessProperties });
  for (const example of examples) {
    const name = example.leaf.path.join(".");
    const file = `examples/${name}${example.number === 1 ? "" : `-${example.number}`}.ts`;
    if (problems.has(example)) broken.push(name);
    else working.push({ file, title: name, text: exampleScript(example) });
  }
  return { working, broken };
}

/** Made when isobind is built. */
function mocksText(io: Io): string {
  const places = ["../../pack/mocks.js", "../../../dist/pack/mocks.js"];
  const files = places.map((place) => fileURLToPath(new URL(place, import.meta.url)));
  const file = files.find((one) => existsSync(one));
  if (file === undefined) {
    throw new UsageError(
      `\`${relative(io.cwd, files[0] ?? join("pack", "mocks.js"))}\` is missing from this installation of isobind.`,
      "Install isobind again.",
    );
  }
  return readFileSync(file, "utf8");
}
