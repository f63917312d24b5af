/**
 * The oracle of survival: functions of popular packages, offered as bindings. Each is accepted, or refused by name; nothing
 * crashes, every declaration compiles, and no `any` is printed that was not announced.
 */
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { ts } from "@ts-morph/common";
import ts6 from "typescript-6.0";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { Contract, TreeNode } from "../../../src/model/contract.ts";
import { declarationsOf, walkLeaves } from "../../../src/model/walk.ts";
import { codes } from "../../../src/diagnostics/catalogue.ts";
import type { Diagnostic } from "../../../src/diagnostics/diagnostic.ts";
import { check } from "../../../src/check/check.ts";
import { emit } from "../../../src/emit/emit.ts";
import { read } from "../../../src/read/read.ts";
import { compileByApi } from "../compile/declarations.ts";
import { repository } from "../emitted.ts";
import { contractAt } from "../../read/shown.ts";
import { exportedFunctions, packages } from "./packages.ts";

/** Leaves of one contract, as for everybody. */
const most = 64;

/** Functions of one package: more of the same kind teach little and take long. */
const perPackage = Number(process.env["ORACLE_FUNCTIONS"] ?? 24);

/** Packages each of whose functions drags in hundreds of types. */
const heavy: Readonly<Record<string, number>> = { vite: 2, unplugin: 4, valibot: 12, zod: 12 };

const cache = join(repository, ".cache", "test");
let folder = "";
let functions: ReadonlyMap<string, readonly string[]> = new Map();
const seen = { offered: 0, accepted: 0, refused: 0, any: 0 };

beforeAll(() => {
  mkdirSync(cache, { recursive: true });
  folder = mkdtempSync(join(cache, "survival-"));
  functions = exportedFunctions(packages);
}, 120_000);

afterAll(() => rmSync(folder, { recursive: true }));

function definition(name: string, offered: readonly string[]): string {
  const members = offered.map((exported, at) => `  f${at}: (typeof m)["${exported}"];`);
  return `import type * as m from "${name}";\nexport interface Bindings {\n${members.join("\n")}\n}\n`;
}

describe("functions of", () => {
  it.each(packages)("%s", { timeout: 120_000 }, (name) => {
    const all = functions.get(name) ?? [];
    expect(all.length).toBeGreaterThan(0);
    const offered = spread(all, Math.min(heavy[name] ?? perPackage, most));
    const file = join(folder, `${name.replaceAll(/\W/gu, "-")}.ts`);
    writeFileSync(file, definition(name, offered));

    const { contract, diagnostics } = read(contractAt(file), folder);
    if (contract === null) throw new Error(`${name}: ${JSON.stringify(diagnostics)}`);
    const findings = [...diagnostics, ...check(contract, { maxDepth: 4, maxLeaves: most })];
    for (const { code, message, help } of findings) {
      expect(codes).toContain(code);
      expect(message).not.toMatch(/\[object \w|\bNaN\b/u);
      expect(help.length).toBeGreaterThan(0);
    }
    const refused = refusedLeaves(contract, findings);
    const accepted = without(contract, refused);
    const leaves = [...walkLeaves(accepted.root)];
    seen.offered += offered.length;
    seen.accepted += leaves.length;
    seen.refused += refused.size;
    // A refusal names the leaf: no function is lost without a word.
    expect(leaves.length + refused.size).toBe(offered.length);

    const files = emit(accepted, { definitionImport: `./${name}.ts`, excessProperties: "refuse" });
    const text = files.find((one) => one.name === "secure-exec.d.ts")?.text ?? "";
    expect(compileByApi(ts6, [{ name, text }], true)).toEqual({});
    const announced = findings.filter(({ code }) => code === "type-any");
    const places = anyPlaces(text);
    seen.any += places.length;
    expect(places.filter((place) => !isAnnounced(place, announced, accepted))).toEqual([]);
  });

  it("are at least two hundred, and some of each fate", () => {
    expect(seen.offered).toBeGreaterThanOrEqual(200);
    expect(seen.accepted).toBeGreaterThan(50);
    expect(seen.refused).toBeGreaterThan(50);
    // Without one nothing would be said about announcing them.
    expect(seen.any).toBeGreaterThan(0);
  });
});

/** Evenly over the whole list. */
function spread(all: readonly string[], count: number): string[] {
  const step = Math.max(1, all.length / count);
  return Array.from({ length: Math.min(count, all.length) }, (_, at) => all[Math.floor(at * step)] ?? "");
}

/** Leaves that an error is about, or whose types mention a declaration that one is about. */
function refusedLeaves(contract: Contract, findings: readonly Diagnostic[]): Set<string> {
  const errors = findings.filter(({ severity }) => severity === "error");
  const named = new Set(errors.flatMap(({ path }) => (path.length > 0 ? [path.join(".")] : [])));
  const broken = new Set(
    contract.declarations
      .filter((declaration) => JSON.stringify(declaration).includes('"kind":"unsupported"'))
      .map(({ name }) => name),
  );
  for (const leaf of walkLeaves(contract.root)) {
    if ([...declarationsOf(leaf, contract)].some((name) => broken.has(name))) named.add(leaf.path.join("."));
  }
  return named;
}

function without(contract: Contract, refused: ReadonlySet<string>): Contract {
  const members = contract.root.members.filter((node: TreeNode) => !refused.has(node.path.join(".")));
  const smaller: Contract = { ...contract, root: { ...contract.root, members } };
  const used = new Set([...walkLeaves(smaller.root)].flatMap((leaf) => [...declarationsOf(leaf, smaller)]));
  return { ...smaller, declarations: contract.declarations.filter(({ name }) => used.has(name)) };
}

/** The member or declaration around each `any` of a declaration file. */
function anyPlaces(text: string): string[] {
  const places: string[] = [];
  const visit = (node: ts.Node, place: string): void => {
    if (node.kind === ts.SyntaxKind.AnyKeyword) places.push(place);
    const isPlace =
      (isLeaf(node) && place === "Bindings") ||
      ts.isInterfaceDeclaration(node) ||
      ts.isTypeAliasDeclaration(node);
    const inner = isPlace ? node.name.getText() : place;
    node.forEachChild((child) => visit(child, inner));
  };
  visit(ts.createSourceFile("secure-exec.d.ts", text, ts.ScriptTarget.ESNext, true), "");
  return [...new Set(places)];
}

/** Only leaves can be called. */
function isLeaf(node: ts.Node): node is ts.PropertySignature & { readonly type: ts.TypeLiteralNode } {
  return (
    ts.isPropertySignature(node) &&
    node.type !== undefined &&
    ts.isTypeLiteralNode(node.type) &&
    node.type.members.some(ts.isCallSignatureDeclaration)
  );
}

/** A warning about the leaf, or about a leaf that drags the declaration in. */
function isAnnounced(place: string, announced: readonly Diagnostic[], contract: Contract): boolean {
  return announced.some(
    ({ path, message }) =>
      path.at(-1) === place ||
      message.includes(`\`${place}\``) ||
      message.includes(`\`${place}.`) ||
      [...walkLeaves(contract.root)].some(
        (leaf) => leaf.name === path.at(-1) && declarationsOf(leaf, contract).has(place),
      ),
  );
}
