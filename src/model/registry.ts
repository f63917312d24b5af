/**
 * Declares the registry: the host side of a contract at run time. A plain frozen object that generated code builds with
 * `defineRegistry` and the runtime reads. Holds no validator logic of its own and imports nothing but the model.
 */
import type { ContractGlobals, Mode, ScriptKind, Signature, Declaration, ThrownError } from "./contract.ts";
import type { Policy } from "./policy.ts";

/**
 * A host function made callable from a script. `any` on purpose: the definition's own types are checked by the
 * generator, and a tree must accept functions of every signature.
 */
// oxlint-disable-next-line typescript/no-explicit-any -- See above.
export type BindingFunction = (...args: any[]) => unknown;

/** A nested tree of host functions. */
export interface BindingTree {
  readonly [name: string]: BindingFunction | BindingTree;
}

/**
 * What generated code knows about one leaf beyond its function. The keys match `Leaf`; documentation and
 * source locations stay in `contract.json`.
 */
export interface LeafTable {
  readonly path: readonly string[];
  readonly mode: Mode;
  readonly policy: Policy;
  /** Parameters and results as shapes: read by the interpreter that words a refusal. */
  readonly signatures: readonly RegistrySignature[];
  readonly throws: readonly ThrownError[];
  /** True when one signature accepts these arguments. Emitted straight-line code. `steps` it may take: 100,000 unless told. */
  readonly accepts: (args: readonly unknown[], steps?: number) => boolean;
  /** True when one signature has this result. */
  readonly acceptsResult: (value: unknown, steps?: number) => boolean;
}

/**
 * Part of a contract as generated code writes it: in the form of `contract.json`, without documentation. `defineRegistry`
 * reads it.
 */
export type ContractData = object;

/** A `LeafTable` as generated code writes it. */
export interface LeafData extends Pick<LeafTable, "path" | "mode" | "accepts" | "acceptsResult"> {
  readonly policy?: Policy;
  readonly signatures: readonly ContractData[];
  readonly throws?: readonly ContractData[];
}

export type RegistrySignature = Pick<Signature, "mode" | "result" | "typeParameters"> & {
  readonly parameters: readonly Omit<Signature["parameters"][number], "source">[];
};
/** A kind of script, as a registry knows it. */
export type RegistryScript = Pick<ScriptKind, "name" | "input" | "result">;
/** The globals of scripts, as a registry knows them. */
export type RegistryGlobals = Pick<ContractGlobals, "properties">;
export type RegistryDeclaration = Omit<Declaration, "doc" | "source">;

/** The second argument of `defineRegistry`: everything the generator knows. */
export interface RegistryContract {
  /** `sha256-` and 64 hex digits. */
  readonly digest: string;
  readonly excessProperties: ExcessProperties;
  readonly declarations: readonly ContractData[];
  readonly leaves: readonly LeafData[];
  /** What scripts are; absent when the definition says nothing of it. */
  readonly scripts?: readonly ContractData[];
  /** The globals of scripts; absent when the definition says nothing of them. */
  readonly globals?: ContractData;
  /**
   * True when the last refusal of an emitted validator was for a value's size or depth, so that it says nothing about
   * its type. Absent where no validator can run out.
   */
  readonly isSpent?: () => boolean;
  /** The profile this is for; absent for a whole contract. */
  readonly profile?: string;
  /** Leaves of the whole contract that the profile does not have. */
  readonly excluded?: readonly RegistryExcluded[];
}

/** A leaf that scripts of a profile cannot call: all that is known of it is what they are told. */
export interface RegistryExcluded {
  readonly path: readonly string[];
  readonly mode: Mode;
  /** A full sentence; see `explainExcluded`. */
  readonly message: string;
}

/** What a validator does with a property the type does not declare. */
export type ExcessProperties = "refuse" | "strip" | "allow";

/** One leaf of a registry. `mode` is `maybe` and `contract` is `null` for a plain, untyped tree. */
export interface RegistryLeaf {
  readonly path: readonly string[];
  /** The dotted name, `db.query`. */
  readonly name: string;
  readonly mode: Mode;
  readonly policy: Policy;
  readonly call: BindingFunction;
  readonly contract: LeafTable | null;
}

/**
 * `Scripts`: the types of each kind of script, `{ default: { input: …; result: … } }`, as the definition writes them; `unknown` when it
 * says nothing of scripts. `Globals`: the type of the globals that the host gives to every script, in the same way.
 */
export interface Registry<out Scripts = unknown, out Globals = unknown> {
  readonly kind: "isobind-registry";
  /** Never there: it carries the types of scripts to whoever runs them. */
  readonly scriptTypes?: Scripts;
  /** What scripts are given and give; absent when nothing is said of it. */
  readonly scripts?: readonly RegistryScript[];
  /** Never there: it carries the type of the globals to whoever makes a sandbox. */
  readonly globalTypes?: Globals;
  /** The globals that the host gives to every script; absent when nothing is said of them. */
  readonly globals?: RegistryGlobals;
  /** `null` for a hand-written tree. */
  readonly digest: string | null;
  readonly excessProperties: ExcessProperties;
  readonly declarations: readonly RegistryDeclaration[];
  /** Depth first, in the order of the tree. */
  readonly leaves: readonly RegistryLeaf[];
  /** Paths of all namespaces, the empty ones too, parents first. */
  readonly namespaces: readonly (readonly string[])[];
  /** As in the `RegistryContract`. */
  readonly profile?: string;
  readonly excluded?: readonly RegistryExcluded[];
}

/** Whether an object is a registry, and not the content of a `contract.json`. */
export function isRegistry(source: object): source is Registry {
  return "kind" in source && source.kind === "isobind-registry";
}
