/**
 * Gives the lines that keep ESLint out of an emitted file. ESLint also reports a directive that suppresses nothing, which
 * depends on the rules of the project: so one rule is turned on that finds a comment of ours in every file.
 *
 * `lintLines("the contract as")` for a file with a comment `/** The contract as the runtime reads it. *\/` behind these lines.
 */
export function lintLines(comment: string): readonly string[] {
  const rule = `no-warning-comments: ["warn", { "terms": [${JSON.stringify(comment)}], "location": "anywhere" }]`;
  return ["/* eslint-disable */", `/* eslint ${rule} -- so that the line above is never unused */`];
}
