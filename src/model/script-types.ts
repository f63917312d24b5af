/**
 * Types of scripts: how a definition and a registry carry, for whoever runs scripts, what those are given and what they give. Types
 * only; at run time there is nothing of it.
 */

/** The types of one kind of script, as a definition writes them: `{ input: Period; result: Report }`. */
export interface ScriptType {
  readonly input?: unknown;
  readonly result?: unknown;
}

/** The second argument of `defineBindings`. */
export interface ScriptDefinition {
  /** What a script is that names no kind. Only its type is read: `{} as { input: Period; result: Report }`. */
  readonly script?: ScriptType;
  /** The same for kinds of script, which a script names by `// @script name`. */
  readonly scripts?: { readonly [name: string]: ScriptType };
  /** The globals that the host gives to every script, `{} as { region: string }`: of their type too nothing but the type counts. */
  readonly globals?: object;
}

/**
 * Never there: under it, the type of a tree holds the types of scripts. Exported for the declarations of programs that hold such a tree.
 *
 * @public
 */
export declare const scriptTypes: unique symbol;

/**
 * The same for the type of globals.
 *
 * @public
 */
export declare const globalTypes: unique symbol;

/** A tree that was defined together with what scripts are. */
export interface WithScripts<Scripts, Globals = unknown> {
  readonly [scriptTypes]?: Scripts;
  readonly [globalTypes]?: Globals;
}

/** `{ globals: A }` -> `A` */
export type DefinedGlobals<Defined extends ScriptDefinition> = Defined extends {
  readonly globals: infer Globals;
}
  ? Globals
  : unknown;

/** What a definition's default export says of globals. */
export type GlobalTypesOf<Tree> = Tree extends { readonly [globalTypes]?: infer Globals } ? Globals : unknown;

/** `{ script: A; scripts: { rule: B } }` -> `{ default: A; rule: B }` */
export type NamedScripts<Defined extends ScriptDefinition> = (Defined extends {
  readonly script: infer Script;
}
  ? { readonly default: Script }
  : unknown) &
  (Defined extends { readonly scripts: infer Scripts } ? Scripts : unknown);

/** What a definition's default export says of scripts. */
export type ScriptTypesOf<Tree> = Tree extends WithScripts<infer Scripts> ? Scripts : unknown;
