/**
 * The plan of a run's modules, as plain data: who names whom, where each import finds its value, and in which order modules are evaluated. It is made outside
 * (`modules/link.ts`), where a script cannot reach, and arrives as JSON.
 */
/** A module and the index of one of its exports; -1 for the module as an object. */
export type PlannedTarget = readonly [module: number, index: number];

/** A module that `import()` names: where it is, or -1 and why it is nowhere. */
export type PlannedImport = readonly [
  specifier: string,
  kind: string,
  module: number,
  message: string,
  code: string,
];

export interface PlannedModule {
  readonly isAsync: boolean;
  /** Entered before any module is evaluated. */
  readonly early: boolean;
  readonly fixed: readonly PlannedTarget[];
  readonly live: readonly (readonly [local: string, module: number, index: number])[];
  readonly wanted: readonly number[];
  /** Modules that reach each other have the same. */
  readonly circle: number;
  readonly dynamic: readonly PlannedImport[];
}

export interface ModulePlan {
  readonly modules: readonly PlannedModule[];
  /** The order of evaluation that begins at a module, for the script and for what `import()` names. */
  readonly orders: readonly (readonly number[] | null)[];
  /** What modules offer that are used as objects. */
  readonly names: readonly (readonly (readonly [name: string, module: number, index: number])[] | null)[];
  /** Where the exports of the script are. */
  readonly exports: readonly PlannedTarget[];
}
