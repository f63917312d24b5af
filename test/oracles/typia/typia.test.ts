/**
 * The differential oracle: typia, another generator of validators from types, judges the same values. Where the two differ, one
 * of the written reasons must apply; everything else is a mistake of one of them.
 */
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { Leaf } from "../../../src/model/contract.ts";
import { walkLeaves } from "../../../src/model/walk.ts";
import { read } from "../../../src/read/read.ts";
import { contractAt } from "../../read/shown.ts";
import { loadEmitted, repository } from "../emitted.ts";
import { Judge } from "../truth/belongs.ts";
import { mutate, mutations } from "../truth/mutate.ts";
import { valuesOf } from "../truth/values.ts";

type Verdict = (value: unknown) => boolean;

const validators = (await import(
  /* @vite-ignore */ new URL("./generated/validators.js", import.meta.url).href
)) as Record<string, Verdict>;
const names = Object.keys(validators).map((name) => name.replace(/_is$/u, ""));
const count = Math.min(Number(process.env["ORACLE_VALUES"] ?? 3_000), 100_000);

interface Reason {
  /** The types it is about; without it, all. */
  readonly names?: readonly string[];
  readonly why: string;
  /** Whether a value has, somewhere inside, what it is about. */
  readonly applies: (part: unknown) => boolean;
}

const templates = ["template", "slug"];

/** Why typia takes what we refuse. */
const lenient: readonly Reason[] = [
  {
    why: "a hole in an array is skipped, though it arrives as `undefined`",
    applies: (part) => Array.isArray(part) && Object.keys(part).length < part.length,
  },
  {
    why: "an optional property may be `undefined`, exact or not",
    applies: (part) => isObject(part) && Object.values(part).includes(undefined),
  },
  {
    names: ["maybe"],
    why: "a property that may be `undefined` may be absent",
    applies: (part) => isObject(part) && !("value" in part),
  },
  {
    why: "an object of any class is taken for a plain one",
    applies: (part) =>
      isObject(part) &&
      !Array.isArray(part) &&
      ![Object.prototype, null].includes(Object.getPrototypeOf(part)),
  },
  {
    names: ["record"],
    why: "an array is taken for an object",
    applies: Array.isArray,
  },
  {
    names: templates,
    why: "a template is a regular expression without an end",
    applies: (part) => typeof part === "string",
  },
];

/** Why typia refuses what we take. */
const strict: readonly Reason[] = [
  {
    names: templates,
    why: "a template takes numbers as they are usually written, and a line break ends its text",
    applies: (part) => typeof part === "string",
  },
];

function isObject(part: unknown): part is object {
  return typeof part === "object" && part !== null;
}

function* partsOf(value: unknown): Generator<unknown> {
  yield value;
  if (value instanceof Map) for (const entry of value) yield* partsOf(entry);
  else if (value instanceof Set) for (const entry of value) yield* partsOf(entry);
  else if (isObject(value) && !ArrayBuffer.isView(value))
    for (const part of Object.values(value)) yield* partsOf(part);
}

async function load() {
  const cache = join(repository, ".cache", "test");
  mkdirSync(cache, { recursive: true });
  const folder = mkdtempSync(join(cache, "typia-"));
  try {
    writeFileSync(join(folder, "types.ts"), readFileSync(join(import.meta.dirname, "types.ts")));
    const members = names.map((name) => `  ${name}(value: Types["${name}"]): void;`);
    writeFileSync(
      join(folder, "bindings.ts"),
      `import type { Types } from "./types.ts";\nexport interface Bindings {\n${members.join("\n")}\n}\n`,
    );
    const { contract } = read(contractAt(join(folder, "bindings.ts")), folder);
    if (contract === null) throw new Error("No contract.");
    const registry = await loadEmitted(
      contract,
      Object.fromEntries(names.map((name) => [name, () => undefined])),
    );
    return { contract, registry };
  } finally {
    rmSync(folder, { recursive: true });
  }
}

const { contract, registry } = await load();
const leaves = new Map([...walkLeaves(contract.root)].map((leaf): [string, Leaf] => [leaf.name, leaf]));

describe("typia agrees about", () => {
  it.each(names)("%s", (name) => {
    const shape = leaves.get(name)?.signatures[0].parameters[0]?.shape;
    const own = registry.leaves.find((leaf) => leaf.name === name)?.contract;
    const theirs = validators[`${name}_is`];
    if (!shape || !own || !theirs) throw new Error(`No validator of ${name}.`);
    const valid = valuesOf(shape, new Judge(contract.declarations));
    const changed = fc.tuple(valid, mutations).map(([value, mutation]) => mutate(value, mutation));
    let taken = 0;
    let refused = 0;
    for (const value of fc.sample(fc.oneof(valid, changed), { numRuns: count, seed: 12 })) {
      const ours = own.accepts([value]);
      if (ours) taken++;
      else refused++;
      if (theirs(value) === ours) continue;
      const reasons = (ours ? strict : lenient).filter(
        (reason) => (reason.names?.includes(name) ?? true) && [...partsOf(value)].some(reason.applies),
      );
      if (reasons.length === 0)
        expect.fail(`${ours ? "we take" : "we refuse"} ${fc.stringify(value)}, typia does not agree`);
    }
    expect(taken).toBeGreaterThan(count / 20);
    expect(refused).toBeGreaterThan(count / 20);
  });
});
