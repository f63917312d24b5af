/**
 * One accepted and one refused argument list for each shape. The refused one is wrong at its end, where a validator has
 * done most of its work.
 */
import type { Tree } from "./definition.ts";

function tree(nodes: number, label: unknown = "node"): Tree {
  const root: Tree = { value: 0, label: "root", children: [] };
  const open = [root];
  for (let i = 1; i < nodes; i++) {
    const parent = open[Math.floor((i - 1) / 3)] as Tree;
    const child = { value: i, label: i === nodes - 1 ? label : "node", children: [] } as Tree;
    parent.children.push(child);
    open.push(child);
  }
  return root;
}

const params = [1, "two", true, null, 5, "six", false, 8.5, "nine", null];
const user = (lng: unknown): unknown => ({
  id: 7,
  name: "Ada",
  email: "ada@example.org",
  active: true,
  role: "admin",
  address: { street: "Main St 1", zip: "12345", geo: { lat: 1.5, lng } },
  tags: ["a", "b", "c"],
});
const filters = [
  { field: "a", op: "eq", value: 1 },
  { field: "b", op: "lt", value: "x" },
];
const map = (zip: unknown): unknown =>
  new Map([
    ["a", [{ zip: "1" }, { zip: "2" }]],
    ["b", [{ zip }]],
  ]);

export const shapes = ["sql", "user", "tree", "rich", "scalars"] as const;
export type ShapeName = (typeof shapes)[number];

export const accepted: Record<ShapeName, unknown[]> = {
  sql: ["select 1", params],
  user: [user(2.5)],
  tree: [tree(40), filters],
  rich: [map("3"), new Set([1, 2, 3]), 12n, ["a", 1, true]],
  scalars: ["text", 3],
};

export const refused: Record<ShapeName, unknown[]> = {
  sql: ["select 1", [...params.slice(0, 9), 10n]],
  user: [user("2.5")],
  tree: [tree(40, 7), filters],
  rich: [map(3), new Set([1, 2, 3]), 12n, ["a", 1, true]],
  scalars: ["text", "3"],
};
