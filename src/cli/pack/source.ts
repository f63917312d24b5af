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
  /** Those that fit the declaration. */
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
  const { fitting, broken } = await checkExamples(parsed, declaration, contract.engine);
  return {
    contract: parsed,
    texts: {
      contract: json,
      declaration,
      library: text(libraryName, contract.outDir),
      tsconfig: scriptsTsconfig(contract.engine),
      mocks: mocksText(io),
    },
    examples: fitting.length > 0 ? fitting : [withoutExamples],
    broken,
  };
}

const withoutExamples: PackedExample = {
  file: "examples/first.ts",
  title: "the names of what scripts may call",
  text: "export default Object.keys(SecureExec.bindings);\n",
};

/** Each example as a script of its own. One that does not fit would be the first thing its reader stumbles over. */
async function checkExamples(contract: Contract, declaration: string, engine: ResolvedContract["engine"]) {
  const examples = examplesOf(contract);
  const fitting: PackedExample[] = [];
  const broken: string[] = [];
  if (examples.length === 0) return { fitting, broken };
  const { typecheckScripts } = await import("../../scripts/typecheck/index.ts");
  const scripts = examples.map((example) => {
    const name = example.leaf.path.join(".");
    const file = `examples/${name}${example.number === 1 ? "" : `-${example.number}`}.ts`;
    return { file, name, text: exampleScript(example) };
  });
  const found = typecheckScripts(scripts, declaration, { engine });
  for (const { file, name, text } of scripts) {
    if (found.some((one) => one.file === file && one.severity === "error")) broken.push(name);
    else fitting.push({ file, title: name, text });
  }
  return { fitting, broken };
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
