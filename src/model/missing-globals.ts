/**
 * Says of globals that script authors know from elsewhere why a sandbox does not have them, and what to do instead.
 */
export interface MissingGlobal {
  readonly why: string;
  readonly help: string;
}

const network: MissingGlobal = {
  why: "scripts have no network",
  help: "Ask the platform for a binding that makes the request.",
};
const timer: MissingGlobal = {
  why: "scripts have no timers",
  help: "Await a binding; if the script must wait, ask the platform for a binding that does.",
};
const modules: MissingGlobal = {
  why: "a script is an ECMAScript module",
  help: "Use `import` for what is beside the script, if the host gives it; ask the platform for a binding; use `export` for results.",
};
const node: MissingGlobal = {
  why: "scripts do not run in Node.js",
  help: "Use `input` for what the host gives you and bindings for what it does for you.",
};
const browser: MissingGlobal = {
  why: "scripts do not run in a browser",
  help: "Ask the platform for a binding.",
};
const shared: MissingGlobal = {
  why: "scripts share no memory and run on one thread",
  help: "Use an `ArrayBuffer` or a typed array.",
};
const notEcmaScript: MissingGlobal = {
  why: "it is no part of ECMAScript",
  help: "Write the few lines you need of it, or ask the platform for a binding.",
};
/** A few lines of a script cannot give these. */
const clock: MissingGlobal = { why: notEcmaScript.why, help: "Use `Date.now()`." };
const machine: MissingGlobal = { why: notEcmaScript.why, help: "Ask the platform for a binding." };
const bytes: MissingGlobal = { why: "scripts do not run in Node.js", help: "Use `Uint8Array`." };

const table: Readonly<Record<string, MissingGlobal>> = Object.fromEntries(
  (
    [
      [network, "fetch XMLHttpRequest WebSocket EventSource Headers Request Response FormData navigator"],
      [
        timer,
        "setTimeout setInterval setImmediate clearTimeout clearInterval clearImmediate requestAnimationFrame",
      ],
      [modules, "require module exports __dirname __filename importScripts"],
      [node, "process global Deno Bun"],
      [bytes, "Buffer"],
      [browser, "window document localStorage sessionStorage location alert prompt confirm self"],
      [shared, "SharedArrayBuffer Atomics Worker MessageChannel MessagePort BroadcastChannel"],
      [clock, "performance"],
      [machine, "WebAssembly crypto"],
      [notEcmaScript, "AbortController AbortSignal Blob File Event EventTarget ReadableStream"],
    ] as const
  ).flatMap(([reason, names]) => names.split(" ").map((name) => [name, reason])),
);

/** Why a global is missing, or `null` for a name that is nothing known. */
export function missingGlobal(name: string): MissingGlobal | null {
  return Object.hasOwn(table, name) ? (table[name] ?? null) : null;
}
