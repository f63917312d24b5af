/**
 * Tree: the definition's parts -> namespaces, leaves, and invalid nodes for what is neither. Keys are kept as they are; rules
 * judge them.
 */
import {
  emptyDoc,
  type Doc,
  type Leaf,
  type Namespace,
  type Source,
  type TreeNode,
} from "../../contract/contract.ts";
import type { Frontend, TreeHandle, TreeMember } from "./frontend/frontend.ts";
import type { LeafHead } from "./leaf.ts";

/** Far beyond what a rule allows, so that the rule sees every level an author can mean. */
const maxLevels = 24;

export type ReadLeaf = (
  head: LeafHead,
  part: TreeHandle,
  type: Parameters<Frontend["signatures"]>[0],
) => Leaf;

export interface Root {
  readonly part: TreeHandle;
  /** For findings about the whole: `Bindings` or `default`. */
  readonly name: string;
  readonly source: Source;
}

export function readTree(frontend: Frontend, root: Root, readLeaf: ReadLeaf): Namespace {
  const head = { kind: "namespace", name: "", path: [], doc: emptyDoc, source: root.source } as const;
  const view = frontend.tree(root.part);
  if (view.kind === "namespace") {
    return { ...head, members: readMembers(frontend, view.members, [], [view.identity], readLeaf) };
  }
  const finding =
    view.kind === "leaf"
      ? ({
          code: "tree-not-static",
          reason: "is a function, not an object of bindings",
          help: "Write an object with the function under a name: `{ greet: (name: string) => … }`.",
        } as const)
      : // A root that is no function is not expected to be one.
        { ...view, code: "tree-not-static" as const };
  const { code, reason, help } = finding;
  return {
    ...head,
    members: [
      { kind: "invalid", name: root.name, path: [root.name], code, reason, help, source: root.source },
    ],
  };
}

function readMembers(
  frontend: Frontend,
  members: readonly TreeMember[],
  path: readonly string[],
  around: readonly unknown[],
  readLeaf: ReadLeaf,
): TreeNode[] {
  return members.map((member) => readMember(frontend, member, [...path, member.name], around, readLeaf));
}

function readMember(
  frontend: Frontend,
  member: TreeMember,
  path: readonly string[],
  around: readonly unknown[],
  readLeaf: ReadLeaf,
): TreeNode {
  const { name, doc, source } = member;
  const invalid = ({
    code,
    reason,
    help,
  }: Pick<Extract<TreeNode, { kind: "invalid" }>, "code" | "reason" | "help">): TreeNode => ({
    kind: "invalid",
    name,
    path,
    code,
    reason,
    help,
    source,
  });
  if (member.kind === "invalid") return invalid(member);
  const view = frontend.tree(member.part);
  if (view.kind === "invalid") return invalid(view);
  if (view.kind === "leaf") return readLeaf({ name, path, doc, source }, member.part, view.type);
  if (around.includes(view.identity)) {
    return invalid({
      code: "tree-not-static",
      reason: "contains itself, so the tree has no end",
      help: "Remove the reference, or list the bindings that it should have.",
    });
  }
  if (path.length > maxLevels) {
    return invalid({
      code: "tree-not-static",
      reason: `is nested more than ${maxLevels} levels deep, as if the tree had no end`,
      help: "List the bindings that it should have, at most four levels deep.",
    });
  }
  const members = readMembers(frontend, view.members, path, [...around, view.identity], readLeaf);
  return { kind: "namespace", name, path, doc: namespaceDoc(doc), members, source };
}

const namespaceDoc = (doc: Doc): Doc => doc;
