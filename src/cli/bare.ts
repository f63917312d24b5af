/** Names the invocations without options, which mean the defaults of their commands. Most runs are one of these, and no parser is loaded for them. */

/** `write`: generate. `compare`: is the output current? `check`: rules and output. */
export type GenerateMode = "write" | "compare" | "check";

/** A test holds them against the parsed ones. */
export const bare: Readonly<Record<string, GenerateMode>> = {
  generate: "write",
  "generate --check": "compare",
  check: "check",
};
