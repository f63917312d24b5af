/** Small contracts, written as data, for tests of rules. */
import type {
  Contract,
  Leaf,
  Namespace,
  Signature,
  Source,
  TreeNode,
  DocTag,
} from "../../src/model/contract.ts";
import type { Shape } from "../../src/model/shape.ts";

let line = 0;

/** A place of its own for each node, in the order they are made. */
export function place(): Source {
  line++;
  return { file: "bindings.ts", line, column: 3, endLine: line, endColumn: 9 };
}

export function signature(result: Shape = { kind: "void" }, over: Partial<Signature> = {}): Signature {
  return { typeParameters: [], parameters: [], result, mode: "sync", source: place(), ...over };
}

type Members = { readonly [name: string]: Members | Signature | readonly DocTag[] };

/** `{ db: { query: signature() } }` -> a contract. A list of tags makes a leaf with these tags. */
export function contract(members: Members, declarations: Contract["declarations"] = []): Contract {
  return { style: "contract", root: namespace("", [], members), declarations };
}

function namespace(name: string, path: readonly string[], members: Members): Namespace {
  const source = place();
  const nodes = Object.entries(members).map(([key, member]): TreeNode => {
    const at = [...path, key];
    if (Array.isArray(member)) return leaf(at, signature(), member as readonly DocTag[]);
    return "result" in member ? leaf(at, member as Signature) : namespace(key, at, member as Members);
  });
  return { kind: "namespace", name, path, doc: { text: "", tags: [] }, members: nodes, source };
}

export function leaf(path: readonly string[], one: Signature, tags: readonly DocTag[] = []): Leaf {
  return {
    kind: "leaf",
    name: path.at(-1) ?? "",
    path,
    doc: { text: "", tags },
    signatures: [one],
    policy: {},
    throws: [],
    source: one.source,
  };
}

export const defaults = { maxDepth: 4, maxLeaves: 64 };
