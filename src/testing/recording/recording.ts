/**
 * The file of a recording: JSON Lines, so that each call is appended when it has been answered, and is one line of a review.
 *
 * ```
 * {"isobind":"calls","format":1,"leaves":[["orders","find"]],"contract":{ … }}
 * {"call":1,"name":"orders.find","args":["a7"],"result":{"id":"a7","total":12}}
 * {"call":2,"name":"orders.find","args":["gone"],"error":{"$type":"Error","name":"NotFoundError", … }}
 * ```
 *
 * The first line holds all that is known of the contract. Values are in the JSON form.
 */
import { appendFileSync, existsSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { dirname, resolve } from "node:path";
import { fileURLToPath } from "node:url";
import { reasonOf } from "../../files/system-error.ts";
import type { Json } from "../../json-form/index.ts";
import { list, record, string } from "../../model/file/fields.ts";
import type { Registry } from "../../model/registry.ts";
import type { ContractTable } from "../interpreted.ts";
import { TestingError } from "../testing-error.ts";

/** Raised when older readers would misread newer files. */
const format = 1;

export interface Recording {
  readonly leaves: Registry["namespaces"];
  readonly namespaces: Registry["namespaces"];
  /** `null`: a registry without types. */
  readonly contract: ContractTable | null;
  /** In the order in which scripts made them. */
  readonly calls: readonly RecordedCall[];
}

/** The parts are in the JSON form; `error` is there when the call failed. */
export interface RecordedCall {
  /** Counts from 1 in the order in which scripts made them; the lines are in the order in which they were answered. */
  readonly call: number;
  readonly name: string;
  readonly args: Json;
  readonly result?: Json;
  readonly error?: Json;
}

export function pathOf(file: string | URL): string {
  return typeof file === "string" && !file.startsWith("file:") ? resolve(file) : fileURLToPath(file);
}

/** Begins a file anew. Refuses to write over a file that is no recording. */
export function beginRecording(file: string, recording: Omit<Recording, "calls">): void {
  if (existsSync(file) && !isRecording(textOf(file))) {
    throw damaged(
      file,
      "is there and is no recording. It is left as it is: name another file, or remove it.",
    );
  }
  write(file, () => {
    mkdirSync(dirname(file), { recursive: true });
    writeFileSync(file, headLine(recording));
  });
}

/** The first line of a recording. */
export function headLine(recording: Omit<Recording, "calls">): string {
  return line({ isobind: "calls", format, ...recording } as unknown as Json);
}

/** The line of one call. */
export function callLine(call: RecordedCall): string {
  return line({ ...call });
}

export function appendCall(file: string, call: RecordedCall): void {
  write(file, () => appendFileSync(file, callLine(call)));
}

function line(json: Json): string {
  return `${JSON.stringify(json)}\n`;
}

function write(file: string, action: () => void): void {
  try {
    action();
  } catch (error) {
    throw damaged(file, `cannot be written: ${reasonOf(error)}.`);
  }
}

/** Reads a recording. Throws a `TestingError`, `ERR_TESTING_RECORDING`, that names the line of what it cannot read. */
export function readRecording(file: string): Recording {
  const [head = "", ...lines] = textOf(file).split("\n");
  if (!isRecording(head)) throw damaged(file, "is no recording.");
  const header = headerIn(file, head);
  const calls = lines.flatMap((text, at) => (text.trim() === "" ? [] : [callIn(file, text, at + 2)]));
  return { ...header, calls: calls.sort((one, other) => one.call - other.call) };
}

function headerIn(file: string, text: string): Omit<Recording, "calls"> {
  try {
    const header = record(JSON.parse(text), "");
    if (header["format"] !== format) {
      throw damaged(
        file,
        `is of format ${String(header["format"])}; this version of isobind reads format ${format}.`,
      );
    }
    const paths = (data: unknown, at: string): string[][] =>
      list(data, at, (path, pathAt) => list(path, pathAt, string));
    return {
      leaves: paths(header["leaves"], "leaves"),
      namespaces: paths(header["namespaces"], "namespaces"),
      contract: header["contract"] === null ? null : tableIn(header["contract"]),
    };
  } catch (error) {
    if (error instanceof TestingError) throw error;
    throw damaged(file, `is damaged: line 1: ${error instanceof Error ? error.message : String(error)}`);
  }
}

/** What whoever makes a registry of it reads with less suspicion. */
function tableIn(data: unknown): ContractTable {
  const table = record(data, "contract");
  list(table["leaves"], "contract.leaves", (leaf, at) =>
    list(record(leaf, at)["path"], `${at}.path`, string),
  );
  list(table["namespaces"], "contract.namespaces", (path, at) => list(path, at, string));
  list(table["declarations"], "contract.declarations", record);
  return table as unknown as ContractTable;
}

function callIn(file: string, text: string, at: number): RecordedCall {
  let call: Partial<RecordedCall> | null;
  try {
    call = JSON.parse(text) as Partial<RecordedCall> | null;
  } catch {
    throw damaged(file, `is damaged: line ${at} is not JSON.`);
  }
  const isCall =
    typeof call?.call === "number" &&
    typeof call.name === "string" &&
    Array.isArray(call.args) &&
    (call.result === undefined) !== (call.error === undefined);
  if (!isCall) throw damaged(file, `is damaged: line ${at} is not a call.`);
  return call as RecordedCall;
}

function isRecording(text: string): boolean {
  return text.startsWith(`{"isobind":"calls",`);
}

function textOf(file: string): string {
  try {
    return readFileSync(file, "utf8");
  } catch (error) {
    throw damaged(file, `cannot be read: ${reasonOf(error)}.`);
  }
}

export function damaged(file: string, what: string): TestingError {
  return new TestingError("ERR_TESTING_RECORDING", `\`${file}\` ${what}`);
}
