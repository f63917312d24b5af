/**
 * Finds in which order the modules of a graph are evaluated, and which of them wait for each other in a circle. Pure, and
 * without recursion: a graph may be one chain of thousands.
 */

/** For each module the modules it names, in its order. */
export type Edges = readonly (readonly number[])[];

/** What is named comes before what names it; of a circle, what was reached last comes first. Only what `root` reaches. */
export function evaluationOrder(edges: Edges, root: number): readonly number[] {
  const order: number[] = [];
  const seen = new Set([root]);
  const path: { readonly node: number; next: number }[] = [{ node: root, next: 0 }];
  for (let at = path.at(-1); at; at = path.at(-1)) {
    const child = edges[at.node]?.[at.next++];
    if (child === undefined) {
      order.push(at.node);
      path.pop();
    } else if (!seen.has(child)) {
      seen.add(child);
      path.push({ node: child, next: 0 });
    }
  }
  return order;
}

/**
 * For each module the number of its circle: modules that reach each other have the same. (Tarjan, "Depth-first search and linear graph algorithms",
 * 1972.)
 */
export function circles(edges: Edges): readonly number[] {
  const index: number[] = [];
  const low: number[] = [];
  const circle: number[] = edges.map(() => -1);
  const open: number[] = [];
  let visited = 0;
  let count = 0;
  const enter = (node: number): { readonly node: number; next: number } => {
    index[node] = low[node] = visited++;
    open.push(node);
    return { node, next: 0 };
  };
  for (let start = 0; start < edges.length; start++) {
    if (index[start] !== undefined) continue;
    const path = [enter(start)];
    for (let at = path.at(-1); at; at = path.at(-1)) {
      const { node } = at;
      const child = edges[node]?.[at.next++];
      if (child === undefined) {
        path.pop();
        const parent = path.at(-1)?.node;
        if (parent !== undefined) low[parent] = Math.min(low[parent]!, low[node]!);
        if (low[node] !== index[node]) continue;
        for (let member = open.pop(); member !== undefined; member = open.pop()) {
          circle[member] = count;
          if (member === node) break;
        }
        count++;
      } else if (index[child] === undefined) path.push(enter(child));
      else if (circle[child] === -1) low[node] = Math.min(low[node]!, index[child]);
    }
  }
  return circle;
}

/** Modules of a circle, and all that these name: they may be looked into before they are evaluated. */
export function earlyModules(edges: Edges, circle: readonly number[]): ReadonlySet<number> {
  const sizes = new Map<number, number>();
  for (const one of circle) sizes.set(one, (sizes.get(one) ?? 0) + 1);
  const early = new Set<number>();
  const stack = edges.flatMap((named, node) =>
    (sizes.get(circle[node]!) ?? 0) > 1 || named.includes(node) ? [node] : [],
  );
  for (let node = stack.pop(); node !== undefined; node = stack.pop()) {
    if (early.has(node)) continue;
    early.add(node);
    stack.push(...edges[node]!);
  }
  return early;
}
