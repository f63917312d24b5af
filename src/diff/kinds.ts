/**
 * Every kind of change: its class, its sentence, and what it means for a script. One table, so that a new kind is a
 * compile error until it has an answer; a fixture of the same name proves each with a program.
 *
 * In a sentence `{name}`, `{before}` and `{after}` stand for the finding's data.
 *
 * "Compatible" speaks of scripts that call a leaf with values of the declared types and use what they get by its
 * declared type. Two things are beyond any such verdict and are what `--scripts` is for: types a script computes from
 * a leaf (`ReturnType<typeof …>`), and tests for a value that can no longer come (`if (kind === "gone")`), which the
 * compiler calls a mistake.
 */
import type { ChangeClass } from "./change.ts";

export interface Kind {
  readonly class: ChangeClass;
  readonly says: string;
  readonly help: string;
}

const breaking = (says: string, help: string): Kind => ({ class: "breaking", says, help });
const compatible = (says: string, help = "Scripts written before keep working."): Kind => ({
  class: "compatible",
  says,
  help,
});
const docs = (says: string, help = "Only readers notice."): Kind => ({ class: "docs", says, help });

const keepOld =
  "Keep the old form beside the new one, mark it `@deprecated`, and remove it in a later major version.";
const newLeaf = "Add a leaf under a new name instead, and mark this one `@deprecated`.";
const optional = "Make it optional, and give it a default in the host function.";
const callers = "Scripts that pass what was allowed before are refused.";
const readers = "Scripts that use what was promised before may fail.";
const reads = "Scripts read a value of the old type where one of the new type arrives.";
const awaited =
  "Scripts that were written for the other kind of call use a promise as a value, or a value as a promise.";

export const kinds = {
  // the tree
  "leaf-added": compatible("The leaf was added", "A new power for scripts: check that it should be granted."),
  "leaf-removed": breaking("The leaf was removed", keepOld),
  "leaf-renamed": breaking(
    "The leaf was renamed from `{before}` to `{after}`; its signatures are the same",
    keepOld,
  ),
  "leaf-moved": breaking("The leaf moved from `{before}` to `{after}`; its signatures are the same", keepOld),
  "namespace-added": compatible("The namespace was added"),
  "namespace-removed": breaking("The namespace was removed", keepOld),
  "leaf-to-namespace": breaking("A leaf became a namespace", newLeaf),
  "namespace-to-leaf": breaking("A namespace became a leaf", newLeaf),
  "tree-reordered": docs("The members are in another order: {before}, now {after}"),
  "style-changed": docs("The definition's style changed from {before} to {after}"),
  "digest-changed": docs(
    "The digest changed without a change of the contract, as a new version of isobind may do",
    "Generate again and commit, so that registry and declaration carry one digest; scripts with a `@contract` line need the new one.",
  ),

  // how a leaf is called
  "mode-sync-to-async": breaking("The result became a promise", awaited),
  "mode-async-to-sync": breaking("The result is no longer a promise", awaited),
  "mode-sync-to-maybe": breaking("The result may now be a promise", awaited),
  "mode-async-to-maybe": breaking("The result may now be no promise", awaited),
  "mode-maybe-to-sync": compatible("The result is never a promise any more"),
  "mode-maybe-to-async": compatible("The result is always a promise now"),

  // parameters
  "parameter-required-added": breaking("The required parameter `{name}` was added", optional),
  "parameter-optional-added": compatible("The optional parameter `{name}` was added at the end"),
  "parameter-rest-added": compatible("Any number of arguments `{name}` may follow now"),
  "parameter-inserted": breaking(
    "The parameter `{name}` was inserted before others",
    "Add new parameters at the end, or take one object of options.",
  ),
  "parameter-removed": breaking(
    "The parameter `{name}` was removed",
    "Keep accepting the argument, and ignore it.",
  ),
  "parameter-made-optional": compatible("The parameter `{name}` became optional"),
  "parameter-made-required": breaking("The parameter `{name}` became required", optional),
  "parameter-made-rest": compatible("The parameter `{name}` takes any number of arguments now"),
  "parameter-rest-removed": breaking("Only one argument `{name}` is taken now, not any number", callers),
  "parameters-reordered": breaking(
    "The parameters are in another order: ({before}), now ({after})",
    "Scripts pass arguments by position, and may pass the wrong one without an error.",
  ),
  "parameter-renamed": docs("The parameter `{before}` is called `{after}` now"),

  // overloads
  "overload-added": compatible("An overload was added: {after}"),
  "overload-removed": breaking("An overload was removed: {before}", keepOld),
  "overload-merged": compatible(
    "An overload was merged into another that takes the same arguments: {before}",
  ),
  "overload-shadowed": breaking(
    "An overload is hidden behind another for some calls: {before} comes after {after}",
    "TypeScript takes the first overload that fits: put the narrower one first.",
  ),
  "overload-reordered": compatible("The overloads are in another order, without effect on any call"),

  // type parameters
  "type-parameter-added": breaking("The type parameter `{name}` was added", newLeaf),
  "type-parameter-added-harmless": compatible(
    "The type parameter `{name}` was added, and every call still fits",
  ),
  "type-parameter-removed": breaking(
    "The type parameter `{name}` was removed",
    "Calls with written type arguments, `f<T>(…)`, no longer compile.",
  ),
  "type-parameter-constraint-loosened": compatible(
    "The constraint of `{name}` was loosened from {before} to {after}",
  ),
  "type-parameter-constraint-tightened": breaking(
    "The constraint of `{name}` changed from {before} to {after}",
    callers,
  ),
  "type-parameter-const-changed": breaking(
    "What is inferred for `{name}` changed from {before} to {after}",
    readers,
  ),
  "type-parameter-default-changed": breaking(
    "The default of `{name}` changed from {before} to {after}",
    readers,
  ),

  // policy
  "policy-added": breaking(
    "The limit {after} was added where there was none",
    "Scripts near the limit now fail.",
  ),
  "policy-removed": compatible("The limit {before} was removed"),
  "policy-tightened": breaking(
    "The limit was tightened from {before} to {after}",
    "Scripts near the limit now fail.",
  ),
  "policy-loosened": compatible("The limit was loosened from {before} to {after}"),
  "approval-added": breaking(
    "A person is asked before each call, where nobody was",
    "Runs of scripts that call it now wait for an answer, and a run without a journal is refused the call.",
  ),
  "approval-removed": compatible(
    "Nobody is asked before a call any more",
    "A new power for scripts: check that it should be granted.",
  ),
  "idempotent-added": compatible("A call may be repeated now, where it might not before"),
  "idempotent-removed": breaking(
    "A call may not be repeated any more",
    "A run that is resumed after a fault in the middle of this call now ends as `ERR_JOURNAL_IN_DOUBT`.",
  ),

  // what a script is
  "script-added": compatible(
    "The kind of script `{name}` was added",
    "A script is of it when it says so, by `// @script`.",
  ),
  "script-demanded": breaking(
    "Every script that names no kind is held to `{name}` now",
    "Scripts that give something else are refused: add a kind to `Scripts` instead, which scripts choose by `// @script`.",
  ),
  "script-removed": breaking(
    "The kind of script `{name}` was removed",
    "Scripts that name it, or the types of it, are refused.",
  ),
  "script-documentation-changed": docs("What a script is was documented anew"),

  // globals of scripts
  "global-added": compatible("The global `{name}` was added"),
  "global-removed": breaking("The global `{name}` was removed", "Scripts that use it fail."),
  "global-documentation-changed": docs("The global was documented anew"),

  // profiles
  "profile-narrowed": breaking(
    "It was in {before}, and is only in {after} now",
    "Scripts of a profile that it left are refused, by their editor, by `isobind typecheck` and at run time.",
  ),
  "profile-widened": compatible(
    "It was only in {before}, and is in {after} now",
    "A new power for scripts of more profiles: check that it should be granted.",
  ),

  // errors
  "error-declared": compatible("The error `{name}` is declared now, and arrives with its data"),
  "error-undeclared": breaking(
    "The error `{name}` is no longer declared, and arrives masked",
    "Scripts that catch it by name or read its data miss it.",
  ),
  "error-data-removed": breaking("The data of the error `{name}` changed from {before} to {after}", readers),
  "error-data-added": compatible("The data of the error `{name}` was extended from {before} to {after}"),

  // arguments: may widen
  "argument-widened": compatible("More is accepted: {after} instead of {before}"),
  "argument-narrowed": breaking("Less is accepted: {after} instead of {before}", callers),
  "argument-type-changed": breaking("Something else is accepted: {after} instead of {before}", callers),
  "argument-builtin-changed": breaking("A {after} is wanted instead of a {before}", callers),
  "argument-member-added": compatible("{after} is accepted too"),
  "argument-member-removed": breaking("{before} is no longer accepted", callers),
  "argument-property-required-added": breaking("The property `{name}` is wanted now", optional),
  "argument-property-optional-added": compatible("The optional property `{name}` is accepted now"),
  "argument-property-removed": breaking(
    "The property `{name}` is no longer accepted",
    "Undeclared properties are refused: keep it optional, and ignore it.",
  ),
  "argument-property-made-optional": compatible("The property `{name}` became optional"),
  "argument-property-made-required": breaking("The property `{name}` became required", optional),
  "argument-property-undefined-added": compatible("The property `{name}` may be an explicit `undefined` now"),
  "argument-property-undefined-removed": breaking(
    "The property `{name}` may no longer be an explicit `undefined`",
    callers,
  ),
  "argument-property-readonly-added": compatible("The property `{name}` is declared readonly now"),
  "argument-property-readonly-removed": compatible("The property `{name}` is no longer declared readonly"),
  "argument-index-signature-added": breaking(
    "Further properties are typed now: {after}",
    "A value whose type is an interface of the script has no index signature, and is refused by the compiler.",
  ),
  "argument-index-signature-removed": breaking(
    "Only the declared properties are accepted now, not {before}",
    callers,
  ),
  "argument-element-added": breaking("The tuple wants one element more: {after}", callers),
  "argument-element-optional-added": compatible("The tuple may have one element more: {after}"),
  "argument-element-removed": breaking("The tuple has one element less: {before} is gone", callers),
  "argument-element-made-optional": compatible("An element of the tuple became optional"),
  "argument-element-made-required": breaking("An element of the tuple became required", callers),
  "argument-readonly-added": compatible("A readonly collection is accepted now: {after}"),
  "argument-readonly-removed": breaking("A readonly collection is no longer accepted", callers),
  "argument-brand-added": breaking(
    "The plain {before} is no longer accepted, only the branded {after}",
    callers,
  ),
  "argument-brand-removed": compatible("A plain {after} is accepted, without the brand"),

  // results: may narrow
  "result-narrowed": compatible("Less may arrive: {after} instead of {before}"),
  "result-widened": breaking("More may arrive: {after} instead of {before}", readers),
  "result-type-changed": breaking("Something else arrives: {after} instead of {before}", reads),
  "result-any-replaced": breaking(
    "`any` was replaced by {after}",
    "It is the better type, but scripts may have used anything of an `any`.",
  ),
  "result-builtin-changed": breaking("A {after} arrives instead of a {before}", reads),
  "result-member-added": breaking(
    "{after} may arrive too",
    "Scripts that handle every case have one case less than there is.",
  ),
  "result-member-removed": compatible("{before} no longer arrives", "Code that handles it is never reached."),
  "result-property-added": compatible("The property `{name}` was added"),
  "result-property-removed": breaking("The property `{name}` is gone", readers),
  "result-property-made-optional": breaking("The property `{name}` may be missing now", readers),
  "result-property-made-required": compatible("The property `{name}` is always there now"),
  "result-property-undefined-added": breaking(
    "The property `{name}` may be an explicit `undefined` now",
    readers,
  ),
  "result-property-undefined-removed": compatible(
    "The property `{name}` is no longer an explicit `undefined`",
  ),
  "result-property-readonly-added": breaking(
    "The property `{name}` is readonly now",
    "Scripts that assign to it no longer compile.",
  ),
  "result-property-readonly-removed": compatible("The property `{name}` is no longer readonly"),
  "result-index-signature-added": compatible("Further properties are declared: {after}"),
  "result-index-signature-removed": breaking("Further properties are no longer declared: {before}", readers),
  "result-element-added": breaking(
    "The tuple has one element more: {after}",
    "A tuple's length is part of its type: it no longer fits where the shorter one was wanted.",
  ),
  "result-element-removed": breaking("The tuple has one element less: {before} is gone", readers),
  "result-element-made-optional": breaking("An element of the tuple may be missing now", readers),
  "result-element-made-required": compatible("An element of the tuple is always there now"),
  "result-readonly-added": breaking(
    "The collection is readonly now",
    "Scripts that change it, or pass it on as changeable, no longer compile.",
  ),
  "result-readonly-removed": compatible("The collection is no longer readonly"),
  "result-brand-added": compatible("What arrives is branded: {after}"),
  "result-brand-removed": breaking("What arrives is no longer branded: {after} instead of {before}", readers),

  // named types
  "declaration-added": compatible("The type `{name}` can be named by scripts now"),
  "declaration-removed": breaking(
    "The type `{name}` can no longer be named by scripts",
    "Keep an alias of the old name.",
  ),
  "declaration-renamed": breaking(
    "The type `{before}` is called `{after}` now; its structure is the same",
    "Scripts that name the type no longer compile: keep an alias of the old name.",
  ),
  "declaration-parameters-changed": breaking(
    "The type parameters of `{name}` changed",
    "Scripts that name the type with arguments no longer compile, or mean another type.",
  ),
  "declaration-made-interface": breaking(
    "The type `{name}` is an interface now",
    "An interface does not pass where a record is wanted: keep it a `type`.",
  ),

  // documentation
  "deprecated-added": docs("It is deprecated now", "Editors strike it through; nothing stops working."),
  "deprecated-removed": docs("It is no longer deprecated"),
  "documentation-changed": docs("The documentation changed"),
  "parameter-documentation-changed": docs("The documentation of the parameter `{name}` changed"),
  "error-documentation-changed": docs("The documentation of the error `{name}` changed"),
  "namespace-documentation-changed": docs("The documentation of the namespace changed"),
  "type-documentation-changed": docs("The documentation of the type `{name}` changed"),
  "element-renamed": docs("An element of the tuple was renamed: {name}"),
} as const satisfies Record<string, Kind>;

export type ChangeKind = keyof typeof kinds;

/** Every kind, in the order of the table. */
export const changeKinds = Object.keys(kinds) as readonly ChangeKind[];
