/**
 * Checks the frozen data that a host puts into the global scope of scripts, when the sandbox is made, and encodes it for every run.
 * A name is judged by what scripts have of the language and of us: `fetch` and `process` are nothing there, so they are free. So are the web globals, which came
 * later: data under their names stands in their place.
 */
import { languageGlobals } from "../model/language-globals.ts";
import { isIdentifier, isKeyword, visible } from "../model/names.ts";
import { SandboxError } from "./errors.ts";
import type { Message } from "./crossing/message.ts";
import { sendMessage } from "./host/crossing.ts";

/** What a script has from us. */
const ownNames: ReadonlySet<string> = new Set(["SecureExec", "console", "input"]);

const taken: ReadonlySet<string> = new Set([...ownNames, ...languageGlobals]);

/**
 * Refuses names that no script could write or that would replace what scripts rely on, and values that cannot cross. Throws a
 * `SandboxError` with the code `ERR_SANDBOX_OPTION`.
 */
export function checkGlobals(globals: unknown, payloadBytes: number): Readonly<Record<string, unknown>> {
  if (globals === undefined) return {};
  if (typeof globals !== "object" || globals === null || Array.isArray(globals)) {
    throw option("expected an object of names and values.");
  }
  for (const name of Object.keys(globals)) {
    if (!isIdentifier(name)) throw option(`${JSON.stringify(visible(name))} is not an identifier.`);
    if (taken.has(name)) throw option(`${name} is already a global of scripts; choose another name.`);
    if (isKeyword(name)) throw option(`${name} is a word of the language; choose another name.`);
  }
  const values = { ...globals };
  for (const [name, value] of Object.entries(values)) {
    if (typeof value !== "function") continue;
    throw option(`${name} is a function, which cannot cross. Offer it as a binding, in \`registry\`.`);
  }
  const sent = sendMessage(values, payloadBytes, "createSandbox", "globals");
  if (!sent.ok) throw option(sent.refusal.message.replace(/^createSandbox, globals:? ?/u, ""));
  return globals as Readonly<Record<string, unknown>>;
}

function option(problem: string): SandboxError {
  return new SandboxError("ERR_SANDBOX_OPTION", `globals: ${problem}`);
}

/** Encodes globals and input together, so that what they share arrives shared; `null` for none. Throws when they cannot cross. */
export function encodeGlobals(
  values: Readonly<Record<string, unknown>>,
  payloadBytes: number,
): Message | null {
  if (Object.keys(values).length === 0) return null;
  const sent = sendMessage(values, payloadBytes, "run", "input and globals");
  if (sent.ok) return sent.value;
  throw Object.assign(new TypeError(sent.refusal.message), { code: sent.refusal.code });
}
