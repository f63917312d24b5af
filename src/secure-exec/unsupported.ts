/**
 * Refuses the powers of the original that scripts do not get here. A sandbox that quietly
 * ignored a filesystem would be taken for one that has it.
 */

import { refuseUnknown } from "../runtime/known-options.ts";

/** Thrown for options, and quoted in results, when something asks for a power that is not offered. */
export class UnsupportedError extends Error {
  readonly code = "ERR_SECURE_EXEC_UNSUPPORTED";

  override get name(): string {
    return "UnsupportedError";
  }
}

const instead = "Offer what scripts need as a binding.";

/**
 * Throws for the first option that is present and asks for a power, and for options that do not exist: `known` are those that do.
 */
export function refuseOptions(
  of: string,
  options: object,
  known: Readonly<Record<string, true>>,
  powers: Readonly<Record<string, string>> = {},
): void {
  const asked: { [name: string]: true } = {};
  for (const [name, power] of Object.entries(powers)) {
    asked[name] = true;
    if ((options as Record<string, unknown> | null)?.[name] === undefined) continue;
    throw new UnsupportedError(
      `${of}: \`${name}\` is not supported: scripts get no ${power} here. ${instead}`,
    );
  }
  refuseUnknown(of, options, { ...known, ...asked });
}

/** What is said of the option `permissions`, which several functions of the original take. */
export const noPermissions =
  "filesystem, network, child processes or environment, so there is nothing to permit; scripts get no powers";

/** Why a way into the host is not handed out. */
export const noHandle = {
  network: "`network` is not supported: scripts get no network here. Offer a binding that fetches.",
  isolate: "The isolate is not reachable: a handle to it is a way into the host.",
  context: "Contexts are not reachable: a handle to one is a way into the host.",
};

/** Globals of Node that scripts written for the original reach for. */
const nodeGlobals = new Set(
  "process Buffer fetch require module exports setTimeout setInterval setImmediate clearTimeout clearInterval performance crypto Headers Request Response AbortController WebAssembly SharedArrayBuffer Atomics __dirname __filename global".split(
    " ",
  ),
);

/** Adds to `process is not defined` why it is not. */
export function explainMissing(name: string, message: string): string {
  const missing = name === "ReferenceError" ? /^(\w+) is not defined(?:\.|$)/u.exec(message)?.[1] : undefined;
  if (missing === undefined || !nodeGlobals.has(missing)) return message;
  return `${missing} is not defined: isobind/secure-exec offers no \`${missing}\`. ${instead}`;
}

/** What `require` says inside a script; a literal in the wrapper of `commonjs.ts`. */
export const noRequire = `isobind/secure-exec offers no host packages and no Node modules. ${instead}`;
