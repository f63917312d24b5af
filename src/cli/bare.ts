/** Names the invocations without options, which mean the defaults of their commands. Most runs are one of these, and no parser is loaded for them. */

/** `write`: generate. `compare`: is the output current? `check`: rules and output. */
export type GenerateMode = "write" | "compare" | "check";

/** A test holds them against the parsed ones. */
export const bare: Readonly<Record<string, GenerateMode>> = {
  generate: "write",
  "generate --check": "compare",
  check: "check",
};

/** `undefined` for anything else: a word that every object knows, such as `constructor`, and one word with a space in it among them. */
export function bareMode(argv: readonly string[]): GenerateMode | undefined {
  const typed = argv.join(" ");
  return Object.hasOwn(bare, typed) && !argv.some((word) => word.includes(" ")) ? bare[typed] : undefined;
}
