/** Reads `--input`: JSON on the command line, in a file, or on standard input; in the JSON form. */
import { readFileSync } from "node:fs";
import { resolve } from "node:path";
import { UsageError } from "../exit.ts";
import type { Io } from "../io.ts";
import { fromJsonForm, JsonFormError } from "../../json-form/index.ts";

/** The value of the script's global `input`. */
export async function readInput(io: Io, flag: string): Promise<unknown> {
  const { text, from } = await readText(io, flag);
  let json: unknown;
  try {
    json = JSON.parse(text.replace(/^\uFEFF/, ""));
  } catch (error) {
    throw new UsageError(
      `the input${from} is not JSON: ${error instanceof Error ? error.message : String(error)}.`,
      "Quote strings (`--input '\"text\"'`), or write `--input @file.json` to read a file.",
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

async function readText(io: Io, flag: string): Promise<{ text: string; from: string }> {
  if (flag === "-") {
    const chunks: Buffer[] = [];
    for await (const chunk of io.stdin) chunks.push(Buffer.from(chunk as Uint8Array | string));
    return { text: Buffer.concat(chunks).toString("utf8"), from: " on standard input" };
  }
  if (!flag.startsWith("@")) return { text: flag, from: "" };
  try {
    return { text: readFileSync(resolve(io.cwd, flag.slice(1)), "utf8"), from: ` in ${flag.slice(1)}` };
  } catch {
    throw new UsageError(`the input file \`${flag.slice(1)}\` cannot be read.`);
  }
}
