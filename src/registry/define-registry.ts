/**
 * `defineRegistry`: turns a tree of host functions into a frozen registry, and refuses a tree that breaks the rules the
 * generator checks, with the same codes. Generated code calls it with a contract, hand-written code without.
 *
 * Every property of the tree is read once, so that what was checked is what is called.
 */
import { maxDepth, maxLeaves } from "../model/limits.ts";
import { dottedName, invalidReason, normalizedKey, reservedReason, suggestName } from "../model/names.ts";
import { readTables } from "../model/file/registry-tables.ts";
import type {
  BindingFunction,
  LeafTable,
  Registry,
  RegistryContract,
  RegistryLeaf,
} from "../model/registry.ts";
import { checkedLeaf } from "./checked-leaf.ts";
import { notATree } from "./not-a-tree.ts";

/** One finding about a tree; the codes are those of the generator, and `leaf-missing` and `leaf-undeclared`. */
export interface RegistryDiagnostic {
  readonly code:
    | "binding-name-invalid"
    | "binding-name-reserved"
    | "binding-name-collision"
    | "tree-too-deep"
    | "tree-too-large"
    | "tree-not-static"
    | "leaf-not-function"
    | "leaf-missing"
    | "leaf-undeclared";
  readonly path: readonly string[];
  /** What is wrong: full sentences. */
  readonly message: string;
  /** What to do: full sentences. */
  readonly help: string;
}

/** Reasons that the message of an error tells one by one. */
const mostTold = 20;

/** A tree that cannot become a registry. `diagnostics` holds every reason at once, and the message the first 20. */
export class RegistryError extends TypeError {
  readonly code = "ERR_REGISTRY_INVALID";
  readonly diagnostics: readonly RegistryDiagnostic[];

  constructor(diagnostics: readonly RegistryDiagnostic[]) {
    const lines = diagnostics
      .slice(0, mostTold)
      .map(({ code, message, help }) => `  ${code}: ${message}\n    help: ${help}`);
    const more = diagnostics.length - lines.length;
    if (more > 0) lines.push(`  and ${more} more, which are in \`diagnostics\``);
    super(`The bindings cannot become a registry:\n${lines.join("\n")}`);
    this.name = "RegistryError";
    this.diagnostics = diagnostics;
  }
}

/**
 * Builds a registry. Without a contract every leaf may be called with any clonable arguments, and its mode is decided
 * per call.
 *
 * Throws a `RegistryError` (code `ERR_REGISTRY_INVALID`) that lists every finding.
 *
 * @example
 * const registry = defineRegistry({ db: { query: async (sql: string) => pool.query(sql) } });
 */
export function defineRegistry<Scripts = unknown, Globals = unknown>(
  tree: object,
  contract?: RegistryContract,
): Registry<Scripts, Globals> {
  const found: Found = { leaves: [], namespaces: [], diagnostics: [], skipped: skippedBy(contract) };
  readNamespace(tree, [], found);
  const known = contract && readTables(contract);
  const tables = new Map((known?.leaves ?? []).map((table) => [table.path.join("."), table]));
  if (known !== undefined) compareWithTable(found, tables);
  if (found.leaves.length > maxLeaves) found.diagnostics.push(tooLarge(found.leaves.length));
  if (found.diagnostics.length > 0) throw new RegistryError(deepFreeze(found.diagnostics));
  return deepFreeze({
    kind: "isobind-registry",
    digest: contract?.digest ?? null,
    excessProperties: contract?.excessProperties ?? "refuse",
    declarations: known?.declarations ?? [],
    ...(known?.scripts && { scripts: known.scripts }),
    ...(known?.globals && { globals: known.globals }),
    leaves: found.leaves.map(({ path, call }): RegistryLeaf => {
      const table = tables.get(path.join("."));
      const name = path.join(".");
      if (known === undefined || table === undefined) {
        return { path, name, mode: "maybe", policy: {}, call, contract: null };
      }
      return {
        path,
        name,
        mode: table.mode,
        policy: table.policy,
        call,
        contract: checkedLeaf(table, known),
      };
    }),
    namespaces: found.namespaces,
    ...(contract?.profile !== undefined && { profile: contract.profile }),
    ...(contract?.excluded !== undefined && { excluded: contract.excluded }),
  });
}

interface Found {
  readonly leaves: { readonly path: readonly string[]; readonly call: BindingFunction }[];
  readonly namespaces: (readonly string[])[];
  readonly diagnostics: RegistryDiagnostic[];
  /** Dotted names of members that are never read. */
  readonly skipped: ReadonlySet<string>;
}

/**
 * What a profile leaves out: its excluded leaves, and in place of a whole namespace of them the namespace. The registry
 * of a profile must not hold their functions, and a host need not have them.
 */
function skippedBy(contract: RegistryContract | undefined): ReadonlySet<string> {
  if (contract?.excluded === undefined) return new Set();
  const kept = new Set(contract.leaves.flatMap(({ path }) => prefixesOf(path)));
  return new Set(
    contract.excluded.flatMap(({ path }) => prefixesOf(path).find((prefix) => !kept.has(prefix)) ?? []),
  );
}

/** Of `["a", "b"]`: `a` and `a.b`. */
function prefixesOf(path: readonly string[]): readonly string[] {
  return path.map((_, at) => path.slice(0, at + 1).join("."));
}

function readNamespace(namespace: object, path: readonly string[], found: Found): void {
  const other = notATree(namespace);
  if (other !== null) {
    found.diagnostics.push({
      code: "tree-not-static",
      path,
      message: `${subject(path)} is ${other.noun}, not a plain object.`,
      help: other.help,
    });
    return;
  }
  found.namespaces.push(path);
  const seen = new Map<string, string>();
  for (const key of Reflect.ownKeys(namespace)) {
    if (typeof key === "symbol") {
      if (key !== Symbol.toStringTag) found.diagnostics.push(symbolKey(path, key));
      continue;
    }
    if (!Object.prototype.propertyIsEnumerable.call(namespace, key)) continue;
    if (found.skipped.has([...path, key].join("."))) continue;
    readMember((namespace as Record<string, unknown>)[key], [...path, key], found);
    const twin = seen.get(normalizedKey(key));
    if (twin !== undefined) found.diagnostics.push(collision([...path, key], twin));
    seen.set(normalizedKey(key), key);
  }
}

function readMember(value: unknown, path: readonly string[], found: Found): void {
  const before = found.diagnostics.length;
  checkName(path, found.diagnostics);
  if (path.length > maxDepth) {
    // Deeper members are not read: a tree that contains itself ends here.
    found.diagnostics.push({
      code: "tree-too-deep",
      path,
      message: `\`${dottedName(path)}\` is ${path.length} levels deep; the limit is ${maxDepth}.`,
      help: "Move it to a namespace higher up.",
    });
    return;
  }
  if (typeof value === "function") {
    if (isClass(value)) found.diagnostics.push(notFunction(path, "is a class"));
    else if (found.diagnostics.length === before) {
      found.leaves.push({ path, call: value as BindingFunction });
    }
    return;
  }
  if (typeof value === "object" && value !== null) readNamespace(value, path, found);
  else found.diagnostics.push(notFunction(path, `is ${nounOf(value)}`));
}

function checkName(path: readonly string[], diagnostics: RegistryDiagnostic[]): void {
  const name = path.at(-1) ?? "";
  const invalid = invalidReason(name);
  const reserved = invalid === null ? reservedReason(name) : null;
  const reason = invalid ?? reserved;
  if (reason === null) return;
  diagnostics.push({
    code: invalid === null ? "binding-name-reserved" : "binding-name-invalid",
    path,
    message: `\`${dottedName(path)}\` cannot be a binding, because ${reason}.`,
    help: `Rename it, for example to \`${dottedName([...path.slice(0, -1), suggestName(name)])}\`.`,
  });
}

/** What the generator knew and what the tree has must be the same leaves. */
function compareWithTable(found: Found, tables: ReadonlyMap<string, LeafTable>): void {
  const present = new Set(found.leaves.map(({ path }) => path.join(".")));
  const blamed = new Set(found.diagnostics.map(({ path }) => path.join(".")));
  for (const [name, { path }] of tables) {
    if (present.has(name) || blamed.has(name)) continue;
    found.diagnostics.push({
      code: "leaf-missing",
      path,
      message: `\`${dottedName(path)}\` is declared, but the bindings have no such function.`,
      help: "Add the function, or run `isobind generate` if the definition no longer declares it.",
    });
  }
  for (const { path } of found.leaves) {
    if (tables.has(path.join("."))) continue;
    found.diagnostics.push({
      code: "leaf-undeclared",
      path,
      message: `\`${dottedName(path)}\` is a function that the definition does not declare.`,
      help: "Remove it, or run `isobind generate` if the definition declares it now.",
    });
  }
}

/** Calling a class without `new` throws on every call, so it is refused once, here. */
function isClass(value: unknown): boolean {
  return /^class\b/u.test(Function.prototype.toString.call(value));
}

function symbolKey(path: readonly string[], key: symbol): RegistryDiagnostic {
  return {
    code: "binding-name-invalid",
    path,
    message: `${subject(path)} has a key that is a symbol (${String(key)}), which no script could write.`,
    help: "Give the member a name.",
  };
}

function collision(path: readonly string[], twin: string): RegistryDiagnostic {
  return {
    code: "binding-name-collision",
    path,
    message: `\`${dottedName(path)}\` and \`${dottedName([...path.slice(0, -1), twin])}\` look like one name.`,
    help: "Rename one of the two.",
  };
}

function notFunction(path: readonly string[], reason: string): RegistryDiagnostic {
  return {
    code: "leaf-not-function",
    path,
    message: `\`${dottedName(path)}\` ${reason}, not a function or a namespace of functions.`,
    help: "Make it a function that returns the value, or remove it.",
  };
}

function tooLarge(count: number): RegistryDiagnostic {
  return {
    code: "tree-too-large",
    path: [],
    message: `The bindings have ${count} leaves; the limit is ${maxLeaves}.`,
    help: "Split them into several contracts, or let one function take what tells the others apart.",
  };
}

function subject(path: readonly string[]): string {
  return path.length === 0 ? "The tree" : `\`${dottedName(path)}\``;
}

function nounOf(value: unknown): string {
  return value === null || value === undefined ? String(value) : `a ${typeof value}`;
}

/** Freezes plain data and what it holds; functions are the host's own and stay as they are. */
function deepFreeze<const T>(value: T): T {
  if (typeof value !== "object" || value === null || Object.isFrozen(value)) return value;
  Object.freeze(value);
  for (const part of Object.values(value)) deepFreeze(part);
  return value;
}
