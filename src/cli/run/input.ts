/** Reads `--input` and `--globals`: JSON on the command line, in a file, or on standard input; in the JSON form. With `--mock` makes the input that was not given. */
import { readFileSync } from "node:fs";
import { resolve } from "node:path";
import { orMeantFile } from "../../files/meant-file.ts";
import { reasonOf } from "../../files/system-error.ts";
import { UsageError } from "../exit.ts";
import type { Io } from "../io.ts";
import { fromJsonForm, JsonFormError } from "../../json-form/index.ts";
import type { Registry } from "../../model/registry.ts";
import type { MockInputOptions } from "../../testing/index.ts";

/** The value that a flag gives, by default the script's global `input`. */
export async function readInput(io: Io, flag: string, name = "input"): Promise<unknown> {
  const { text, from } = await readText(io, flag, name);
  let json: unknown;
  try {
    json = JSON.parse(text.replace(/^\uFEFF/, ""));
  } catch (error) {
    throw new UsageError(
      `the ${name}${from} ${name === "input" ? "is" : "are"} not JSON: ${error instanceof Error ? error.message : String(error)}.`,
      `Quote strings (\`--${name} '"text"'\`), or write \`--${name} @file.json\` to read a file.`,
    );
  }
  try {
    return fromJsonForm(json);
  } catch (error) {
    if (!(error instanceof JsonFormError)) throw error;
    throw new UsageError(
      error.message,
      "docs/json-form.md describes the form; data with its own `$type` key is written as an `object`.",
    );
  }
}

/** With `--mock`, the input of a script that is given none: a value of its type, as of what else is not given. */
export async function mockedInput(registry: Registry, options: MockInputOptions): Promise<unknown> {
  const { kind } = options;
  // The run says which kinds there are.
  if (kind !== undefined && registry.scripts?.some(({ name }) => name === kind) !== true) return undefined;
  const { mockInput, TestingError } = await import("../../testing/index.ts");
  try {
    return mockInput(registry, options);
  } catch (error) {
    if (!(error instanceof TestingError)) throw error;
    throw new UsageError(error.message, "Say with `--input` what the script is given.");
  }
}

async function readText(io: Io, flag: string, name: string): Promise<{ text: string; from: string }> {
  if (flag === "-") {
    const chunks: Buffer[] = [];
    for await (const chunk of io.stdin) chunks.push(Buffer.from(chunk as Uint8Array | string));
    return { text: Buffer.concat(chunks).toString("utf8"), from: " on standard input" };
  }
  if (!flag.startsWith("@")) return { text: flag, from: "" };
  try {
    return { text: readFileSync(resolve(io.cwd, flag.slice(1)), "utf8"), from: ` in ${flag.slice(1)}` };
  } catch (error) {
    throw new UsageError(
      `the ${name} file \`${flag.slice(1)}\` cannot be read: ${reasonOf(error)}.${orMeantFile(flag.slice(1), io.cwd)}`,
      `Check the path behind the @; it is taken from the working folder. For a text that begins with @: \`--${name} '"@text"'\`.`,
    );
  }
}
