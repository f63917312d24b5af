/**
 * Holds what a journal has to the forms of entries. Hashes tell what was changed since it was written, and not who wrote it: whoever may write to the store may have written
 * anything.
 */
import { decode } from "../crossing/host-codec.ts";
import { MalformedValue, type Message } from "../crossing/message.ts";
import { messageOf } from "../crossing/message-bytes.ts";
import { readGuestError } from "../guest-error.ts";
import type { Entry } from "./entry.ts";

type Record = { readonly [key: string]: unknown };

/** True for an entry whose parts are of their types, and for one of a name or a version that is not known here: who reads its history says so. */
export function isEntry(value: unknown): value is Entry {
  if (!Array.isArray(value)) return false;
  const entry = value as readonly unknown[];
  return typeof entry[0] === "string" && (forms.get(entry[0])?.(entry) ?? true);
}

type Form = (entry: readonly unknown[]) => boolean;

/** What stands behind each name. A journal has two entries for each call, so none is copied, and its name, a text that was just read, is looked up once. */
const forms: ReadonlyMap<string, Form> = new Map(
  Object.entries<Form>({
    run: ([, head]) => isRecord(head) && ((head["version"] !== 1 && head["version"] !== 2) || isHead(head)),
    resume: ([, writer]) => isText(writer),
    load: ([, digest, modules]) => isText(digest) && (modules === undefined || isModules(modules)),
    // The two of each call by their places: taking an entry apart asks an iterator until V8 has compiled it.
    call: (entry) => isNumber(entry[1]) && isText(entry[2]) && isText(entry[3]),
    done: (entry) =>
      isNumber(entry[1]) &&
      isYesOrNo(entry[2]) &&
      (entry[3] === "error"
        ? isMessage(entry[4]) && isYesOrNo(entry[5])
        : entry[3] === "value" && isValue(entry[4])),
    wait: ([, number, later, reason]) =>
      isNumber(number) && isYesOrNo(later) && (reason === null || isWhole(reason)),
    left: ([, number]) => isNumber(number),
    answer: ([, number, answer]) => isNumber(number) && isRecord(answer) && isAnswer(answer),
    saw: ([, looks]) => Array.isArray(looks) && looks.every((look) => typeof look === "number"),
    said: ([, level, text]) => isText(level) && isText(text),
    end: ([, how, value]) => (how === "ok" ? isExports(value) : how === "error" && isError(value)),
  } satisfies { readonly [name in Entry[0]]: Form }),
);

function isModules(modules: unknown): boolean {
  return (
    Array.isArray(modules) &&
    modules.every((module: unknown) => Array.isArray(module) && module.length === 2 && module.every(isText))
  );
}

const headTexts = ["script", "contract", "globals", "kind", "timeZone", "locale"];

function isHead({ seed, input, names, ...head }: Record): boolean {
  return (
    headTexts.every((name) => isText(head[name])) &&
    isText(seed) &&
    /^[\da-f]{32}$/.test(seed) &&
    (input === undefined || isWhole(input)) &&
    (names === undefined || (isRecord(names) && Object.values(names).every(isText)))
  );
}

function isAnswer({ approved, reason, value }: Record): boolean {
  return (
    (approved === undefined || isYesOrNo(approved)) &&
    (reason === undefined || isText(reason)) &&
    (value === undefined || isWhole(value))
  );
}

/** A primitive, or the bytes of a message. */
function isValue(reply: unknown): boolean {
  return typeof reply !== "object" || reply === null || isMessage(reply);
}

/** Bytes with the head of a message. Of an answer no more is looked at: it is read where the script is, and is as long as its result. */
function isMessage(part: unknown): boolean {
  return headed(part) !== null;
}

/** Bytes of which a value can be read. */
function isWhole(part: unknown): boolean {
  return read(part) !== null;
}

function isExports(part: unknown): boolean {
  return isRecord(read(part)?.value);
}

function isError(part: unknown): boolean {
  return readGuestError(read(part)?.value) !== null;
}

function read(part: unknown): { readonly value: unknown } | null {
  const message = headed(part);
  if (message === null) return null;
  const decoded = decode(message, Infinity);
  return decoded.ok ? decoded : null;
}

function headed(part: unknown): Message | null {
  if (!(part instanceof Uint8Array)) return null;
  try {
    return messageOf(part as Uint8Array<ArrayBuffer>);
  } catch (error) {
    if (error instanceof MalformedValue) return null;
    throw error;
  }
}

function isNumber(part: unknown): boolean {
  return Number.isSafeInteger(part) && (part as number) >= 0;
}

function isText(part: unknown): part is string {
  return typeof part === "string";
}

function isYesOrNo(part: unknown): boolean {
  return typeof part === "boolean";
}

function isRecord(value: unknown): value is Record {
  return typeof value === "object" && value !== null;
}
