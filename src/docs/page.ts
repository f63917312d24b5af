/**
 * Page: everything a reference of a contract says, as plain data in the order in which it is read. How it looks is elsewhere.
 */
import { declarationDoc } from "../emit/declaration/declared.ts";
import { errorDeclarations } from "../emit/declaration/errors.ts";
import { nameScope, type NameScope } from "../emit/declaration/scope.ts";
import { scriptDocs } from "../emit/declaration/scripts.ts";
import { signatureDoc } from "../emit/declaration/signature.ts";
import { typeDoc } from "../emit/declaration/type.ts";
import { group, print } from "../emit/print/doc.ts";
import type { Change } from "../diff/change.ts";
import { diffContracts } from "../diff/diff.ts";
import { digest } from "../model/identity/digest.ts";
import {
  defaultKind,
  emptyDoc,
  type Contract,
  type Declaration,
  type Doc,
  type Leaf,
  type Namespace,
} from "../model/contract.ts";
import { withUndefined } from "../model/globals.ts";
import { policyTags } from "../model/policy.ts";
import { walkNamespaces } from "../model/walk.ts";

export interface Page {
  readonly title: string;
  readonly digest: string;
  /** `null` for a whole contract. */
  readonly profile: string | null;
  /** What is said of the whole API, as Markdown. */
  readonly text: string;
  /** The root first, then every namespace that has leaves, in the author's order. */
  readonly namespaces: readonly NamespaceEntry[];
  /** What a script is given and has to give back, for each kind of script that the definition names. */
  readonly scripts: readonly ScriptEntry[];
  /** What the host puts into the global scope of every script. */
  readonly globals: readonly GlobalEntry[];
  /** Named types, sorted by name. */
  readonly types: readonly TypeEntry[];
  /** What changed since another contract; `null` when there is none to compare with. */
  readonly news: News | null;
}

export interface News {
  /** What it was compared with, as it was given. */
  readonly since: string;
  readonly changes: readonly Change[];
}

export interface NamespaceEntry {
  /** `db.admin`; empty for the root. */
  readonly path: string;
  readonly text: string;
  readonly leaves: readonly LeafEntry[];
}

export interface LeafEntry {
  /** `db.query`. */
  readonly path: string;
  /** Of each overload, as TypeScript: `db.query(sql: string): Promise<Row[]>`. */
  readonly signatures: readonly string[];
  readonly text: string;
  readonly parameters: readonly Named[];
  readonly returns: string;
  readonly throws: readonly Named[];
  /** Limits of its own, as their tags are written: `@timeout 500ms`. */
  readonly policy: readonly string[];
  /** What to use instead; `null` when it is not deprecated. */
  readonly deprecated: string | null;
  /** Markdown when it has fences, else code. */
  readonly examples: readonly string[];
  /** What other tags say: `@remarks`, `@see` and the like. */
  readonly notes: readonly Named[];
  /** Of this leaf since the other contract. */
  readonly changes: readonly Change[];
}

export interface GlobalEntry {
  readonly name: string;
  readonly text: string;
  /** `const region: "eu" | "us"` */
  readonly declaration: string;
}

export interface ScriptEntry {
  /** What a script writes to be of this kind, `// @script rule`; `null` for the kind of scripts that write nothing. */
  readonly kind: string | null;
  readonly text: string;
  /** `interface Script { readonly input: …; readonly result: …; }` */
  readonly declaration: string;
}

export interface TypeEntry {
  readonly name: string;
  readonly text: string;
  /** `interface Row { … }`, documentation of its members included. */
  readonly declaration: string;
}

export interface Named {
  readonly name: string;
  readonly text: string;
}

export interface PageOptions {
  /** Default: `SecureExec.bindings`. */
  readonly title?: string;
  /** A contract that readers know, to say what changed since. */
  readonly before?: { readonly contract: Contract; readonly since: string };
}

/**
 * What there is to say of a contract.
 *
 * @example
 * pageOf(contract).namespaces[0].leaves[0].signatures; // ["greet(name: string): string"]
 */
export function pageOf(
  contract: Contract,
  { title = "SecureExec.bindings", before }: PageOptions = {},
): Page {
  const errors = errorDeclarations(contract);
  const names = errors.map(({ name }) => name);
  const scope = nameScope(contract, names, (content) => group(content));
  const changes = before === undefined ? [] : diffContracts(before.contract, contract);
  const byPath = Map.groupBy(changes, ({ path }) => path.join("."));
  return {
    title,
    digest: digest(contract),
    profile: contract.profile?.name ?? null,
    text: contract.root.doc.text,
    namespaces: [...walkNamespaces(contract.root)]
      .map((namespace) => namespaceEntry(namespace, scope, byPath))
      .filter(({ path, leaves }) => path === "" || leaves.length > 0),
    scripts: (contract.scripts ?? []).map((script) => ({
      kind: script.name === defaultKind ? null : script.name,
      text: textOf(script.doc),
      declaration: print(scriptDocs([{ ...script, doc: emptyDoc }], scope)),
    })),
    globals: (contract.globals?.properties ?? []).map((property) => ({
      name: property.name,
      text: textOf(property.doc ?? emptyDoc),
      declaration: print([`const ${property.name}: `, typeDoc(withUndefined(property), scope), ";"]),
    })),
    types: [...contract.declarations, ...errors]
      .sort((a, b) => (a.name < b.name ? -1 : 1))
      .map((declaration) => typeEntry(declaration, scope)),
    news: before === undefined ? null : { since: before.since, changes },
  };
}

type ChangesByPath = ReadonlyMap<string, readonly Change[]>;

function namespaceEntry(
  { path, doc, members }: Namespace,
  scope: NameScope,
  changes: ChangesByPath,
): NamespaceEntry {
  const leaves = members.flatMap((member) =>
    member.kind === "leaf" ? [leafEntry(member, scope, changes)] : [],
  );
  return { path: path.join("."), text: path.length === 0 ? "" : doc.text, leaves };
}

/** Tags with a place of their own; every other is a note. */
const placed: ReadonlySet<string> = new Set([
  "param",
  "returns",
  "throws",
  "deprecated",
  "example",
  "profile",
  ...policyTags,
]);

function leafEntry(
  { path, doc, signatures, throws }: Leaf,
  scope: NameScope,
  changes: ChangesByPath,
): LeafEntry {
  const name = path.join(".");
  const docs = [doc, ...signatures.flatMap((signature) => signature.doc ?? [])];
  const tags = docs.flatMap((one) => one.tags);
  const texts = (tag: string): string[] => tags.filter((one) => one.name === tag).map(({ text }) => text);
  return {
    path: name,
    signatures: signatures.map((signature) => `${name}${print(signatureDoc(signature, scope))}`),
    text: [...new Set(docs.map(({ text }) => text))].filter((text) => text !== "").join("\n\n"),
    parameters: tags.flatMap(({ name: tag, parameter, text }) =>
      tag === "param" && parameter !== undefined ? [{ name: parameter, text }] : [],
    ),
    returns: texts("returns").join("\n\n"),
    throws: throws.map(({ name: error, description }) => ({ name: error, text: description })),
    policy: tags
      .filter((tag) => policyTags.includes(tag.name))
      .map((tag) => `@${tag.name} ${tag.text}`.trim()),
    deprecated: texts("deprecated")[0] ?? null,
    examples: texts("example"),
    notes: tags.filter((tag) => !placed.has(tag.name)).map((tag) => ({ name: tag.name, text: tag.text })),
    changes: changes.get(name) ?? [],
  };
}

function typeEntry(declaration: Declaration, scope: NameScope): TypeEntry {
  const { name, doc } = declaration;
  const bare = { ...declaration, doc: emptyDoc };
  return { name, text: textOf(doc), declaration: print(declarationDoc(bare, scope)) };
}

function textOf({ text, tags }: Doc): string {
  const notes = tags.map(({ name, text: said }) => `**${name}** ${said}`);
  return [text, ...notes].filter((part) => part !== "").join("\n\n");
}
