/** The reference beside the editor: each binding with what is said of it, and the call that a click writes. */
import { pageOf } from "../../docs/index.ts";
import type { Contract, Leaf, Signature } from "../../model/contract.ts";
import { modeOf } from "../../model/profile.ts";
import { walkLeaves } from "../../model/walk.ts";
import type { ReferenceState, ScriptText } from "../protocol.ts";

export function referenceOf(contract: Contract): ReferenceState {
  const page = pageOf(contract);
  const calls = new Map(Array.from(walkLeaves(contract.root), (leaf) => [leaf.path.join("."), callOf(leaf)]));
  return {
    text: page.text,
    namespaces: page.namespaces.map(({ path, text, leaves }) => ({
      path,
      text,
      leaves: leaves.map((leaf) => ({
        path: leaf.path,
        signatures: leaf.signatures,
        text: leaf.text,
        policy: leaf.policy,
        deprecated: leaf.deprecated,
        examples: leaf.examples,
        call: calls.get(leaf.path) ?? `SecureExec.bindings.${leaf.path}()`,
      })),
    })),
    types: page.types,
    scripts: page.scripts.map(({ kind, declaration }) => ({ kind, declaration })),
  };
}

/** `await SecureExec.bindings.db.query(sql, params)`: the author puts values for the names. */
function callOf(leaf: Leaf): string {
  const [signature] = leaf.signatures;
  const call = `SecureExec.bindings.${leaf.path.join(".")}(${signature === undefined ? "" : argumentNames(signature)})`;
  return modeOf(leaf) === "sync" ? call : `await ${call}`;
}

function argumentNames({ parameters }: Signature): string {
  return parameters
    .filter(({ quantity }) => quantity === "one")
    .map(({ name }) => name)
    .join(", ");
}

/** A first script, and those of the author's own examples. */
export function samplesOf(contract: Contract, folder: string): readonly ScriptText[] {
  const reference = referenceOf(contract);
  const leaves = reference.namespaces.flatMap((namespace) => namespace.leaves);
  const sample = (name: string, text: string): ScriptText => ({ name: `${folder}/sample-${name}.ts`, text });
  const roots = new Set(leaves.map(({ path }) => path.split(".")[0] ?? ""));
  const taken = `const { ${[...roots].join(", ")} } = SecureExec.bindings;`;
  const examples = leaves.flatMap(({ path, examples: [example] }) =>
    example === undefined
      ? []
      : [sample(path.replaceAll(".", "-"), `${usedOf(taken, roots, example)}\n\n${codeOf(example)}\n`)],
  );
  const first =
    "// Type SecureExec.bindings. and choose; Ctrl+Enter runs.\nexport default Object.keys(SecureExec.bindings);\n";
  return [sample("first", first), ...examples];
}

/** Only what the example uses. */
function usedOf(taken: string, roots: ReadonlySet<string>, example: string): string {
  const words = new Set(example.split(/[^\p{ID_Continue}$]+/u));
  const used = [...roots].filter((root) => words.has(root));
  return used.length === 0 ? taken : `const { ${used.join(", ")} } = SecureExec.bindings;`;
}

/** An example is code, or Markdown with code in fences. */
function codeOf(example: string): string {
  return (/```\w*\n([\s\S]*?)```/u.exec(example)?.[1] ?? example).trim();
}
