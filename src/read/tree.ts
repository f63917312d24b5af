/**
 * Turns the definition's parts into namespaces, leaves, and invalid nodes for what is neither. Keys are kept as they are
 * written; rules judge them.
 */
import {
  placeOr,
  type Doc,
  type InvalidNode,
  type Leaf,
  type Namespace,
  type Source,
  type TreeNode,
} from "../model/contract.ts";
import type { Frontend, TreeHandle, TreeMember } from "./frontend/frontend.ts";
import type { LeafHead } from "./leaf.ts";

/** Parts of one tree. A generic type that branches into itself would have no end in breadth either. */
const maxParts = 4_096;

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
  readonly doc: Doc;
  readonly source: Source;
}

export function readTree(frontend: Frontend, root: Root, readLeaf: ReadLeaf): Namespace {
  const head = { kind: "namespace", name: "", path: [], doc: root.doc, source: root.source } as const;
  const view = frontend.tree(root.part);
  if (view.kind === "namespace") {
    const walk: Walk = { frontend, readLeaf, parts: 0 };
    return { ...head, members: readMembers(walk, view.members, head, [view.identity]) };
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

interface Walk {
  readonly frontend: Frontend;
  readonly readLeaf: ReadLeaf;
  parts: number;
}

function readMembers(
  walk: Walk,
  members: readonly TreeMember[],
  parent: Pick<Namespace, "path" | "source">,
  around: readonly unknown[],
): TreeNode[] {
  return members.map((member) => readMember(walk, member, parent, around));
}

type Finding = Pick<InvalidNode, "code" | "reason" | "help">;

function readMember(
  walk: Walk,
  member: TreeMember,
  parent: Pick<Namespace, "path" | "source">,
  around: readonly unknown[],
): TreeNode {
  const { name, doc } = member;
  const path = [...parent.path, name];
  const source = placeOr(member.source, parent.source);
  const invalid = ({ code, reason, help }: Finding): InvalidNode => ({
    kind: "invalid",
    name,
    path,
    code,
    reason,
    help,
    source,
  });
  if (member.kind === "invalid") return invalid(member);
  const view = walk.frontend.tree(member.part);
  walk.parts++;
  if (view.kind === "invalid") return invalid(view);
  if (view.kind === "leaf") return walk.readLeaf({ name, path, doc, source }, member.part, view.type);
  if (around.includes(view.identity)) {
    return invalid({
      code: "tree-not-static",
      reason: "contains itself, so the tree has no end",
      help: "Remove the reference, or list the bindings that it should have.",
    });
  }
  if (path.length > maxLevels || walk.parts > maxParts) {
    return invalid({
      code: "tree-not-static",
      reason: "is part of a tree that seems to have no end",
      help: "List the bindings that it should have, at most four levels deep.",
    });
  }
  const members = readMembers(walk, view.members, { path, source }, [...around, view.identity]);
  return { kind: "namespace", name, path, doc, members, source };
}
