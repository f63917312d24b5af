/** Names types of a definition: for what they describe, and never like a type of the language. */
import { legalName } from "./names.ts";

const taken = (
  "Array ArrayBuffer Bindings BigInt Boolean DataView Date Error Function HttpError ImportedTools Infinity Map Math Number Object Promise Proxy " +
  "ReadonlyArray Record Partial Required Readonly Pick Omit Exclude Extract Parameters ReturnType RegExp Set String Symbol Script Scripts " +
  "Temporal ToolError Uint8Array Uppercase Lowercase Capitalize Uncapitalize SecureExec"
).split(" ");

/** `["users", "get"], "Input"` -> `UsersGetInput` */
export function typeNameOf(path: readonly string[], part = ""): string {
  const words = [...path, part].filter((word) => word !== "").map((word) => capital(legalName(word)));
  return capital(legalName(words.join("")));
}

function capital(word: string): string {
  const joined = word.replace(/_+(\p{L}|\p{N})/gu, (_, letter: string) => letter.toUpperCase());
  const first = String.fromCodePoint(joined.codePointAt(0) ?? 0x54);
  return first.toUpperCase() + joined.slice(first.length);
}

/** Each name once: `Row`, then `Row2`. */
export function freeNames(): (wish: string) => string {
  const used = new Set(taken);
  return (wish) => {
    let name = wish;
    for (let count = 2; used.has(name); count++) name = `${wish}${count}`;
    used.add(name);
    return name;
  };
}
