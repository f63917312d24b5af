/** Reads what the page asks for. It is our own page, but a wrong question must be an answer in words and never a crash. */
import { fromJsonForm, JsonFormError, type Json } from "../json-form/index.ts";
import { BadRequest } from "./server/server.ts";
import type { Answers, JsonPath, PlaceRequest, RunRequest, ScriptText, WaitAnswer } from "./protocol.ts";

export function record(body: unknown): Readonly<Record<string, unknown>> {
  if (typeof body !== "object" || body === null || Array.isArray(body)) throw wrong("an object");
  return body as Readonly<Record<string, unknown>>;
}

export function text(value: unknown, name: string): string {
  if (typeof value !== "string") throw wrong(`\`${name}\` as text`);
  return value;
}

export function profileIn(body: unknown): string | null {
  const { profile } = record(body);
  return profile === undefined || profile === null ? null : text(profile, "profile");
}

export function scriptIn(body: unknown): ScriptText {
  const script = record(record(body)["script"]);
  return { name: text(script["name"], "script.name"), text: text(script["text"], "script.text") };
}

export function placeIn(body: unknown): PlaceRequest {
  const { position } = record(body);
  const script = scriptIn(body);
  if (!Number.isInteger(position) || Number(position) < 0 || Number(position) > script.text.length)
    throw wrong("`position` inside of the script");
  return { script, profile: profileIn(body), position: Number(position) };
}

export function choiceIn(body: unknown): Pick<RunRequest, "profile" | "answers"> {
  return { profile: profileIn(body), answers: answersIn(record(body)["answers"]) };
}

export function runIn(body: unknown): RunRequest {
  const asked = record(body);
  const limits = Object.entries(record(asked["limits"] ?? {}));
  if (limits.some(([, value]) => typeof value !== "number")) throw wrong("`limits` as numbers");
  return {
    id: text(asked["id"], "id"),
    script: scriptIn(body),
    ...choiceIn(body),
    limits: Object.fromEntries(limits) as Record<string, number>,
    ...("input" in asked && { input: asked["input"] as NonNullable<RunRequest["input"]> }),
  };
}

/** A value in the JSON form; `undefined` when there is none. */
export function valueIn(body: unknown): Json | undefined {
  return record(body)["value"] as Json | undefined;
}

export function pathIn(body: unknown): JsonPath {
  const { path } = record(body);
  const isStep = (step: unknown): boolean => typeof step === "string" || Number.isSafeInteger(step);
  if (!Array.isArray(path) || !path.every(isStep)) throw wrong("`path` as names and numbers");
  return path as JsonPath;
}

export function seedIn(body: unknown): number {
  const { seed } = record(body);
  if (!Number.isSafeInteger(seed)) throw wrong("`seed` as a number");
  return Number(seed);
}

/** What a call that waits is answered, and of which run. */
export function waitAnswerIn(body: unknown): { readonly id: string; readonly answer: WaitAnswer } {
  const asked = record(body);
  const { wait, approved } = asked;
  const id = text(asked["id"], "id");
  if (!Number.isSafeInteger(wait)) throw wrong("`wait` as a number");
  if (typeof approved === "boolean")
    return { id, answer: { wait: Number(wait), approved, reason: text(asked["reason"] ?? "", "reason") } };
  if (!("value" in asked)) throw wrong("`approved` or `value`");
  try {
    fromJsonForm(asked["value"]);
  } catch (error) {
    throw error instanceof JsonFormError ? new BadRequest(error.message) : error;
  }
  return { id, answer: { wait: Number(wait), value: asked["value"] as Json } };
}

function answersIn(value: unknown): Answers {
  const { kind, seed, text: recording } = record(value);
  if (kind === "host") return { kind };
  if (kind === "mock" && Number.isSafeInteger(seed)) return { kind, seed: Number(seed) };
  if (kind === "recording") return { kind, text: text(recording, "answers.text") };
  throw wrong("`answers` of a kind");
}

function wrong(wanted: string): BadRequest {
  return new BadRequest(
    `The page has asked in a way this server does not know: expected ${wanted}. Reload it.`,
  );
}
