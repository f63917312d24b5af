/**
 * Lists every build-time code with its severity, its words and the data the words need. A missing entry, a wrong code or a
 * wrong placeholder does not compile. Codes are permanent; wording is not.
 *
 * `message` says what happened and why, `help` what to do; both in full sentences. Names arrive as the author wrote
 * them, dotted: `db.query`.
 */
import { exportIt, frozen, givesPromise, makeAsync, shortened } from "../model/way-out.ts";
import type { Diagnostic } from "./diagnostic.ts";

export interface Entry<D> {
  readonly severity: Diagnostic["severity"];
  /** One line for lists of rules: what the code stands for. */
  readonly title: string;
  message(data: D): string;
  help(data: D): string;
}

/** Binds the data's type to both texts of an entry. */
function entry<D>(it: Entry<D>): Entry<D> {
  return it;
}

/** A sentence the finder of the problem words itself. */
interface Worded {
  readonly message: string;
  readonly help: string;
}

const worded = (severity: Diagnostic["severity"], title: string): Entry<Worded> => ({
  severity,
  title,
  message: (data) => data.message,
  help: (data) => data.help,
});

/** By the compiler's number, where one mistake is behind it nearly always. */
const syntaxHelp: Readonly<Record<number, string>> = { 1108: exportIt, 1308: makeAsync };

export const catalogue = {
  // names
  "binding-name-invalid": entry<{ name: string; reason: string; suggestion: string }>({
    severity: "error",
    title: "A binding's name is not an identifier.",
    message: ({ name, reason }) => `\`${name}\` cannot be a binding, because ${reason}.`,
    help: ({ suggestion }) => `Rename it, for example \`${suggestion}\`.`,
  }),
  "binding-name-reserved": entry<{
    name: string;
    reason: string;
    kind: "leaf" | "namespace";
    suggestion: string;
  }>({
    severity: "error",
    title: "A binding's name changes what the tree means.",
    message: ({ name, reason }) => `\`${name}\` cannot be a binding, because ${reason}.`,
    help: ({ kind, suggestion }) => `Rename the ${kind}, for example \`${suggestion}\`.`,
  }),
  "binding-name-collision": entry<{ name: string; other: string; otherPlace: string; reason: string }>({
    severity: "error",
    title: "Two bindings have the same name to a reader.",
    message: ({ name, other, otherPlace, reason }) =>
      `\`${name}\` collides with \`${other}\` (${otherPlace}), because ${reason}.`,
    help: () => "Rename one of the two.",
  }),
  "binding-name-keyword": entry<{ name: string; keyword: string; parent: string; suggestion: string }>({
    severity: "warning",
    title: "A binding's name cannot be destructured.",
    message: ({ name, keyword, parent }) =>
      `\`${name}\` can be called but not destructured, because \`const { ${keyword} } = ${parent}\` is a syntax error: \`${keyword}\` is a keyword.`,
    help: ({ suggestion }) =>
      `Rename it, for example \`${suggestion}\`, or keep it and always write the dotted name.`,
  }),

  // tree
  "tree-too-deep": entry<{ name: string; depth: number; limit: number; suggestion: string }>({
    severity: "error",
    title: "A binding lies deeper than the limit.",
    message: ({ name, depth, limit }) =>
      `\`${name}\` lies ${depth} levels deep, and a tree may have at most ${limit}.`,
    help: ({ suggestion }) => `Move it up, for example to \`${suggestion}\`.`,
  }),
  "tree-too-large": entry<{ name: string; leaves: number; limit: number }>({
    severity: "error",
    title: "A definition has more leaves than the limit.",
    message: ({ name, leaves, limit }) =>
      `The definition has ${leaves} leaves, and a script may be given at most ${limit}; \`${name}\` is the first one beyond.`,
    help: () =>
      "Remove leaves, or split the definition into several contracts and give each script only one of them.",
  }),
  "tree-not-static": entry<{ name: string; reason: string; help: string }>({
    severity: "error",
    title: "A part of the tree is not known before the program runs.",
    message: ({ name, reason }) => `\`${name}\` ${reason}.`,
    help: ({ help }) => help,
  }),

  // leaves
  "leaf-not-function": entry<{ name: string; reason: string; help: string }>({
    severity: "error",
    title: "A leaf of the tree is not a function.",
    message: ({ name, reason }) => `\`${name}\` ${reason}.`,
    help: ({ help }) => help,
  }),
  "leaf-optional": entry<{ name: string; reason: string; help: string }>({
    severity: "error",
    title: "A leaf may be missing.",
    message: ({ name, reason }) => `\`${name}\` ${reason}.`,
    help: ({ help }) => help,
  }),
  "leaf-generic": entry<{ name: string; parameter: string; isFree: boolean }>({
    severity: "warning",
    title: "A type parameter of a leaf cannot be checked at run time.",
    message: ({ name, parameter, isFree }) =>
      `\`${name}\` has the type parameter \`${parameter}\`, which does not exist at run time: values of it are ${isFree ? "not checked at all" : "checked against its constraint only"}.`,
    help: ({ isFree }) =>
      isFree
        ? "Write the concrete type, or `unknown` where there is none: scripts then look at what they get."
        : "Write the concrete type, or keep the parameter where it links an argument to the result.",
  }),

  // types
  "type-not-clonable": entry<{ where: string; type: string; reason: string; help: string }>({
    severity: "error",
    title: "A type cannot cross the boundary.",
    message: ({ where, type, reason }) => `In ${where}, \`${type}\` cannot cross: ${reason}.`,
    help: ({ help }) => help,
  }),
  "type-lossy": entry<{ where: string; from: string; loses: string }>({
    severity: "warning",
    title: "A value arrives as less than it was.",
    message: ({ where, from, loses }) =>
      `In ${where}, \`${from}\` crosses as a structured clone, which loses ${loses}.`,
    help: ({ from }) =>
      `Write the data that should cross as a plain type, or leave it if the script needs no more of \`${from}\`.`,
  }),
  "type-any": entry<{ where: string }>({
    severity: "warning",
    title: "A type says nothing, so nothing is checked.",
    message: ({ where }) => `In ${where}, \`any\` lets every clonable value through unchecked.`,
    help: () => "Write the type of what crosses there, or `unknown`: whoever gets it then has to look at it.",
  }),
  "type-unresolved": entry<{ where: string; type: string; reason: string; help: string }>({
    severity: "error",
    title: "A type could not be found.",
    message: ({ where, type, reason }) => `In ${where}, \`${type}\` could not be resolved: ${reason}.`,
    help: ({ help }) => help,
  }),
  "type-too-large": entry<{ where: string; type: string; reason: string; help: string }>({
    severity: "error",
    title: "A type would make the declaration unreadably large.",
    message: ({ where, type, reason }) => `In ${where}, \`${type}\` is too large: ${reason}.`,
    help: ({ help }) => help,
  }),

  // policy
  "policy-invalid": entry<{ name: string; tag: string; reason: string; help: string }>({
    severity: "error",
    title: "A policy tag cannot be read.",
    message: ({ name, tag, reason }) => `On \`${name}\`, \`${tag}\` ${reason}.`,
    help: ({ help }) => help,
  }),

  // what a script is
  "script-contract-invalid": entry<{ name: string; reason: string; help: string }>({
    severity: "error",
    title: "The definition says what a script is in a way that is not understood.",
    message: ({ name, reason }) => `${name} ${reason}.`,
    help: ({ help }) => help,
  }),

  "globals-invalid": entry<{ reason: string; help: string }>({
    severity: "error",
    title: "The definition lists globals of scripts that no host can give.",
    message: ({ reason }) => `\`Globals\` ${reason}.`,
    help: ({ help }) => help,
  }),

  // documentation
  "example-broken": entry<{ name: string; problem: string; help: string }>({
    severity: "warning",
    title: "An example in the documentation does not work.",
    message: ({ name, problem }) =>
      `An example of \`${name}\` does not work: ${problem}${/[.)]$/u.test(problem) ? "" : "."}`,
    help: ({ help }) => help,
  }),

  // the definition and the config
  "definition-missing": worded("error", "The definition, or the bindings in it, cannot be found."),
  "definition-syntax": worded("error", "The definition does not parse."),
  "config-invalid": worded("error", "The config cannot be used as it is."),

  "compiler-fallback": entry<{ file: string; reason: string }>({
    severity: "warning",
    title: "A definition was read with the compiler isobind carries, and not with the native one.",
    message: ({ file, reason }) =>
      `\`${file}\` was read with the compiler isobind carries, because ${reason}. The output is the same, and takes longer.`,
    help: () =>
      'Leave it, or write the type in another way; `compiler: "bundled"` for this contract reads it with that compiler at once.',
  }),

  // the output
  "output-stale": entry<{ file: string; changes: string; command: string }>({
    severity: "error",
    title: "A generated file is not what the definition gives today.",
    message: ({ file, changes }) => `\`${file}\` is stale: ${changes}.`,
    help: ({ command }) => `Run \`${command}\` and commit the result.`,
  }),
  "output-missing": entry<{ file: string; command: string }>({
    severity: "error",
    title: "A generated file does not exist.",
    message: ({ file }) => `\`${file}\` has not been generated.`,
    help: ({ command }) => `Run \`${command}\` and commit the result.`,
  }),
  "output-foreign": entry<{ file: string }>({
    severity: "error",
    title: "A file that isobind did not generate is in the way.",
    message: ({ file }) => `\`${file}\` exists and was not generated by isobind, so it is not overwritten.`,
    help: () => "Move the file, choose another `outDir`, or run `isobind generate --force` to overwrite it.",
  }),
  "output-unwritable": entry<{ file: string; reason: string; changed: number }>({
    severity: "error",
    title: "The output could not be written.",
    message: ({ file, reason, changed }) =>
      changed === 0
        ? `\`${file}\` could not be written: ${reason}. Nothing was changed.`
        : `\`${file}\` could not be written as a whole: ${reason}. Of its files, ${changed} had been changed before that.`,
    help: ({ changed }) =>
      changed === 0
        ? "Check that the folder exists, is a folder, and that you may write to it."
        : "Remove what is in the way and run again: until then the files may be of two generations.",
  }),

  // scripts
  "script-type": entry<{ text: string; number: number; help: string }>({
    severity: "error",
    title: "A script does not fit the declaration.",
    message: ({ text, number }) => `${text} (TS${number})`,
    help: ({ help }) => help,
  }),
  "script-syntax": entry<{ text: string; number: number; help?: string | undefined }>({
    severity: "error",
    title: "A script does not parse, or uses syntax that has no meaning in a sandbox.",
    message: ({ text, number }) => `${text} (TS${number})`,
    // The compiler's numbers below 1200 are its parser's: something is missing, or too much.
    help: ({ number, help }) =>
      help ??
      syntaxHelp[number] ??
      (number < 1200
        ? "Correct the syntax here."
        : "A script is one ECMAScript module; of TypeScript it may use whatever is gone when types are stripped."),
  }),
  "script-binding-unknown": entry<{
    name: string;
    parent: string;
    suggestion: string;
    number: number;
    members: string;
  }>({
    severity: "error",
    title: "A script names a binding that does not exist.",
    message: ({ name, parent, suggestion, number }) =>
      `\`${parent}\` has no \`${name}\`.${suggestion} (TS${number})`,
    help: ({ members }) => members,
  }),
  "script-binding-profile": entry<{ explanation: string; profile: string }>({
    severity: "error",
    title: "A script names a binding that its profile does not have.",
    message: ({ explanation }) => explanation,
    help: ({ profile }) =>
      `Remove the use, or ask for a profile that has it; scripts of \`${profile}\` fail here at run time too.`,
  }),
  "script-global-missing": entry<{
    what?: "module";
    name: string;
    why: string;
    help: string;
    number: number | null;
  }>({
    severity: "error",
    title: "A script uses a global that the sandbox does not have.",
    message: ({ what, name, why, number }) =>
      `The sandbox has no ${what === undefined ? "" : `${what} `}\`${name}\`: ${why}.${number === null ? "" : ` (TS${number})`}`,
    help: ({ help }) => help,
  }),
  "script-module-missing": entry<{
    name: string;
    suggestion: string | null;
    why: string | null;
    number: number;
  }>({
    severity: "error",
    title: "A script imports a module that is not there.",
    message: ({ name, suggestion, why, number }) =>
      `There is no module \`${name}\`${why === null ? "" : `: ${why}`}.${suggestion === null ? "" : ` Did you mean \`${suggestion}\`?`} (TS${number})`,
    help: () =>
      "Modules are named as they are kept, with their extension, and lie in the project of the script.",
  }),
  "script-promise-floating": entry<{ subject: string; problem: string; help: string }>({
    severity: "error",
    title: "A script does not wait for a promise.",
    message: ({ subject, problem }) => givesPromise(subject, problem),
    help: ({ help }) => help,
  }),
  "script-input-changed": entry<{ target: string; name: string }>({
    severity: "error",
    title: "A script changes what the host gave it.",
    message: ({ target, name }) =>
      `\`${shortened(target)}\` cannot be changed: it is ${target === name ? "" : "part of "}what the host gave.`,
    help: ({ name }) => frozen(name),
  }),
  "script-export-not-clonable": entry<{ name: string; path: string; what: string; help: string }>({
    severity: "error",
    title: "A script exports what cannot leave the sandbox.",
    message: ({ name, path, what }) =>
      `The export \`${name}\` ${path === "" ? "is" : `holds, at \`${path}\`,`} ${what}, and ${what} cannot leave the sandbox.`,
    help: ({ help }) => help,
  }),
  "script-syntax-unsupported": entry<{ what: string; why: string; help: string }>({
    severity: "error",
    title: "A script uses syntax that the sandbox's engine does not have.",
    message: ({ what, why }) => `${what} cannot be run: ${why}.`,
    help: ({ help }) => help,
  }),
  "script-result": entry<{ who: string; type: string; problem: string; help: string }>({
    severity: "error",
    title: "A script exports something else than its kind has to give.",
    message: ({ who, type, problem }) => `${who} has to give \`${type}\`: ${problem}`,
    help: ({ help }) => help,
  }),
  "script-kind-unknown": entry<{ name: string; suggestion: string; help: string }>({
    severity: "error",
    title: "A script names a kind of script that does not exist.",
    message: ({ name, suggestion }) => `There is no kind of script \`${name}\`.${suggestion}`,
    help: ({ help }) => help,
  }),
  "script-contract-mismatch": entry<{ wanted: string; actual: string; changes: string }>({
    severity: "error",
    title: "A script was written for another contract.",
    message: ({ wanted, actual, changes }) =>
      `The script is written for the contract \`${wanted}\`, and the declaration is of \`${actual}\`${changes}.`,
    help: () => "Adapt the script to the new contract, then write its digest into the `// @contract` line.",
  }),
  "script-missing": entry<{ pattern: string }>({
    severity: "error",
    title: "No script was found.",
    message: ({ pattern }) => `No TypeScript or JavaScript file matches \`${pattern}\`.`,
    help: ({ pattern }) =>
      /[*?{[]/.test(pattern)
        ? "Quote the pattern, so that the shell does not expand it, and write it relative to the working folder."
        : "Check the path; it is taken from the working folder, and a folder stands for the scripts in it.",
  }),
  "script-jsx": entry<object>({
    severity: "warning",
    title: "A file beside scripts is for JSX, and is no script.",
    message: () => "A file for JSX is no script: it is not checked, and no script can import it.",
    help: () =>
      "Name it `.ts` or `.js` where it has no JSX, or move it out of the folder where it is the host's.",
  }),
  "script-broken": entry<{ text: string; cause: string; help: string }>({
    severity: "error",
    title: "A script that was right breaks with a change of the contract.",
    message: ({ text, cause }) => `${text}${cause}`,
    help: ({ help }) => help,
  }),
  "script-broken-before": entry<{ text: string }>({
    severity: "warning",
    title: "A script was wrong before the contract changed.",
    message: ({ text }) => `The script did not fit the old contract either: ${text}`,
    help: () => "This is no consequence of the change; mend the script, or remove it.",
  }),

  // the contract over time
  "against-unreadable": worded("error", "There is no contract to compare with."),
  "contract-breaking": worded("error", "A change of the contract that may break scripts."),
  "contract-changed": worded("warning", "A change of the contract that breaks no script."),
} as const satisfies Readonly<Record<string, Entry<never>>>;

export type Code = keyof typeof catalogue;

/** What the words of one code need. */
export type DataOf<C extends Code> = (typeof catalogue)[C] extends Entry<infer D> ? D : never;

/** Every code, sorted. */
export const codes = Object.keys(catalogue).sort() as readonly Code[];

/** True for text that is one of our codes. */
export function isCode(text: string): text is Code {
  return Object.hasOwn(catalogue, text);
}
