/**
 * Checks the frozen data that a host puts into the global scope of scripts, when the sandbox is made, and encodes it for every run.
 * A name is judged by what scripts have of the language and of us: `fetch` and `process` are nothing there, so they are free. So are the web globals, which came
 * later: data under their names stands in their place. Where the definition lists globals, exactly those are given.
 */
import { globalNameReason } from "../model/globals.ts";
import { visible } from "../model/names.ts";
import type { Registry } from "../model/registry.ts";
import { didYouMean } from "../model/suggest.ts";
import { option } from "./errors.ts";
import type { Message } from "./crossing/message.ts";
import { sendMessage } from "./host/crossing.ts";
import { givenGlobal } from "./host/script-values.ts";

/**
 * Refuses names that no script could write or that would replace what scripts rely on, and values that cannot cross or are of another type
 * than the definition says. Gives the data that scripts find: of what has a type, what the type declares. Throws a `SandboxError` with the
 * code `ERR_SANDBOX_OPTION`.
 */
export function checkGlobals(
  globals: unknown,
  payloadBytes: number,
  registry: Pick<Registry, "globals" | "declarations">,
): Readonly<Record<string, unknown>> {
  if (globals === undefined && registry.globals === undefined) return {};
  const given = globals === undefined ? {} : globals;
  if (typeof given !== "object" || given === null || Array.isArray(given))
    throw option("globals: expected an object of names and values.");
  for (const name of Object.keys(given)) {
    const reason = globalNameReason(name);
    const shown = reason === "is not an identifier" ? JSON.stringify(visible(name)) : name;
    if (reason !== null)
      throw option(`globals: ${shown} ${reason}${shown === name ? "; choose another name" : ""}.`);
  }
  const values: Readonly<Record<string, unknown>> = { ...given };
  for (const [name, value] of Object.entries(values)) {
    if (typeof value !== "function") continue;
    throw option(
      `globals: ${name} is a function, which cannot cross. Offer it as a binding, in \`registry\`.`,
    );
  }
  const declared = declaredValues(values, payloadBytes, registry);
  const sent = sendMessage(declared ?? values, payloadBytes, "createSandbox", "globals");
  if (!sent.ok) throw option(sent.refusal.message.replace(/^createSandbox, globals:? ?/u, "globals: "));
  return declared ?? (given as Readonly<Record<string, unknown>>);
}

/** The globals that the definition lists, each of its type; `null` when it lists none. Refuses all that do not fit at once. */
function declaredValues(
  values: Readonly<Record<string, unknown>>,
  payloadBytes: number,
  { globals, declarations }: Pick<Registry, "globals" | "declarations">,
): Readonly<Record<string, unknown>> | null {
  if (globals === undefined) return null;
  const { properties } = globals;
  const names = properties.map(({ name }) => name);
  const [missing, others] = partition(
    properties,
    ({ name, optional }) => !optional && !Object.hasOwn(values, name),
  );
  const found = others.map(
    (property) =>
      [property.name, givenGlobal(property, declarations, values[property.name], payloadBytes)] as const,
  );
  const problems = [
    ...unlisted(
      Object.keys(values).filter((name) => !names.includes(name)),
      names,
    ),
    ...(missing.length === 0 ? [] : [missingText(missing.map(({ name }) => name))]),
    ...found.flatMap(([name, value]) => (value.ok ? [] : [`${name}${value.difference}.`])),
  ];
  if (problems.length > maxProblems) problems.splice(maxProblems, Infinity, "And more.");
  if (problems.length > 0) throw option(`globals: ${problems.join(" ")}`);
  return Object.fromEntries(found.map(([name, value]) => [name, value.ok ? value.value : undefined]));
}

/** Sentences of a refusal. */
const maxProblems = 5;

function unlisted(unknown: readonly string[], names: readonly string[]): readonly string[] {
  const known = names.length === 0 ? "it lists none" : `it lists ${names.join(", ")}`;
  return unknown.map(
    (name, at) =>
      `${name} is none that the definition lists${at === 0 ? `; ${known}` : ""}.${didYouMean(name, names)}`,
  );
}

function missingText(names: readonly string[]): string {
  const last = names.at(-1) ?? "";
  return names.length === 1
    ? `${last} is missing; the definition says that every script has it.`
    : `${names.slice(0, -1).join(", ")} and ${last} are missing; the definition says that every script has them.`;
}

function partition<T>(all: readonly T[], is: (one: T) => boolean): readonly [T[], T[]] {
  return [all.filter(is), all.filter((one) => !is(one))];
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
