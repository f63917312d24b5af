/**
 * Makes the file that DevTools and VS Code load as a CPU profile of what the engine has measured: one tree for all entries, lines
 * and columns counted from 0, and the time between entries as idle. Pure.
 */
import type { ProfiledEntry, ProfiledNode } from "../../runtime/engine/profiled.ts";

/** The content of a `.cpuprofile`. */
export interface CpuProfile {
  readonly nodes: readonly CpuProfileNode[];
  /** Microseconds. */
  readonly startTime: number;
  readonly endTime: number;
  readonly samples: readonly number[];
  readonly timeDeltas: readonly number[];
}

interface CpuProfileNode {
  readonly id: number;
  readonly callFrame: {
    readonly functionName: string;
    readonly scriptId: string;
    readonly url: string;
    /** Counted from 0; -1 for none. */
    readonly lineNumber: number;
    readonly columnNumber: number;
  };
  hitCount: number;
  readonly children: number[];
}

/** `urlOf`: where a file is that ran under a name. */
export function cpuProfile(entries: readonly ProfiledEntry[], urlOf: (name: string) => string): CpuProfile {
  const tree = new Tree(urlOf);
  const samples: number[] = [];
  const times: number[] = [];
  const ordered = entries.toSorted((a, b) => a.startTime - b.startTime);
  for (const { nodes, startTime, endTime, samples: own, timeDeltas } of ordered) {
    const ids = tree.add(nodes);
    for (const [at, sample] of own.entries()) {
      samples.push(ids.get(sample) ?? tree.root);
      times.push(startTime + (timeDeltas[at] ?? 0));
    }
    samples.push(tree.idle);
    times.push(endTime);
  }
  const startTime = ordered[0]?.startTime ?? 0;
  return {
    nodes: tree.nodes,
    startTime,
    endTime: times.reduce((last, time) => Math.max(last, time), startTime),
    samples,
    // The sampler is a thread of its own, so that a sample may lie a little behind the end of its entry.
    timeDeltas: times.map((time, at) => Math.max(0, time - (times[at - 1] ?? startTime))),
  };
}

class Tree {
  readonly nodes: CpuProfileNode[] = [];
  readonly root: number;
  readonly idle: number;
  readonly #urlOf: (name: string) => string;
  /** By its parent and its frame. */
  readonly #known = new Map<string, CpuProfileNode>();

  constructor(urlOf: (name: string) => string) {
    this.#urlOf = urlOf;
    const none = { url: "", scriptId: 0, lineNumber: 0, columnNumber: 0 };
    const root = this.#node(null, { functionName: "(root)", ...none });
    this.root = root.id;
    this.idle = this.#node(root, { functionName: "(idle)", ...none }).id;
  }

  /** Adds the tree of one entry; gives the ids here by the ids there. */
  add(nodes: readonly ProfiledNode[]): ReadonlyMap<number, number> {
    const byId = new Map(nodes.map((node) => [node.id, node]));
    const children = new Set(nodes.flatMap((node) => node.children));
    const ids = new Map<number, number>();
    const waiting: [ProfiledNode, CpuProfileNode | null][] = nodes
      .filter(({ id }) => !children.has(id))
      .map((node) => [node, null]);
    for (let next = waiting.pop(); next !== undefined; next = waiting.pop()) {
      const [node, parent] = next;
      const own = this.#node(parent, node.callFrame);
      own.hitCount += node.hitCount;
      ids.set(node.id, own.id);
      for (const id of node.children) {
        const child = byId.get(id);
        if (child !== undefined) waiting.push([child, own]);
      }
    }
    return ids;
  }

  #node(parent: CpuProfileNode | null, frame: ProfiledNode["callFrame"]): CpuProfileNode {
    const { functionName, scriptId, url, lineNumber, columnNumber } = frame;
    const key = JSON.stringify([parent?.id, functionName, scriptId, lineNumber, columnNumber]);
    const known = this.#known.get(key);
    if (known !== undefined) return known;
    const node: CpuProfileNode = {
      id: this.nodes.length + 1,
      callFrame: {
        functionName: functionName === "" && columnNumber < 0 ? "(script)" : functionName,
        scriptId: String(scriptId),
        url: url === "" ? "" : this.#urlOf(url),
        lineNumber: lineNumber - 1,
        // What stands before the first line of a script is ours.
        columnNumber: columnNumber < 0 ? 0 : columnNumber - 1,
      },
      hitCount: 0,
      children: [],
    };
    this.nodes.push(node);
    this.#known.set(key, node);
    parent?.children.push(node.id);
    return node;
  }
}
