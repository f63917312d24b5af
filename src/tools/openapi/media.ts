/** Which of the media types of a request or an answer is used, and its schema. */
import { isFields } from "../schema/fields.ts";
import type { JsonSchema } from "../schema/read.ts";
import { formOf, type Form } from "./multipart.ts";

export interface Body {
  readonly type: string;
  readonly kind: "json" | "form" | "multipart" | "text" | "bytes";
  readonly required: boolean;
  readonly schema: JsonSchema;
  readonly description: string;
  /** Of `multipart`. */
  readonly fields: Form["fields"];
}

/** Bytes as JSON holds them; on a script's side they are a `Uint8Array`. */
const bytes: JsonSchema = { type: "string", contentEncoding: "base64" };

export function kindOf(type: string): Body["kind"] | "other" {
  const name = (type.split(";")[0] ?? "").trim().toLowerCase();
  if (name === "*/*" || /^application\/(?:json|[\w.+-]+\+json)$/u.test(name)) return "json";
  if (name === "application/x-www-form-urlencoded") return "form";
  if (name === "multipart/form-data") return "multipart";
  if (name.startsWith("multipart/")) return "other";
  return name.startsWith("text/") ? "text" : "bytes";
}

/** `null` without a body; a text says why there is no way to send it. */
export function bodyOf(request: unknown, look: (value: unknown) => unknown): Body | string | null {
  if (!isFields(request)) return null;
  const content = isFields(request["content"]) ? request["content"] : {};
  const known = Object.entries(content).map(([type, media]) => ({ type, media, kind: kindOf(type) }));
  const chosen = (["json", "form", "multipart", "text", "bytes"] as const)
    .map((kind) => known.find((one) => one.kind === kind))
    .find((one) => one !== undefined);
  if (chosen === undefined) {
    const names = known.map(({ type }) => `\`${type}\``).join(", ");
    return names === "" ? null : `its body is ${names}, which is not written`;
  }
  const { type, kind } = chosen;
  if (kind === "other") return null;
  const media = isFields(chosen.media) ? chosen.media : {};
  const form = kind === "multipart" ? formOf(media["schema"], media["encoding"], look) : null;
  if (kind === "multipart" && form === null) return `its body is \`${type}\`, whose fields it does not name`;
  return {
    type: type === "*/*" ? "application/json" : type,
    kind,
    required: request["required"] === true,
    schema: form?.schema ?? (kind === "bytes" ? bytes : schemaOf(chosen.media, kind)),
    description: typeof request["description"] === "string" ? request["description"] : "",
    fields: form?.fields ?? {},
  };
}

/** The schema of all answers that are a success; `null` when none has content. */
export function resultOf(responses: unknown, look: (value: unknown) => unknown): JsonSchema | null {
  const all = Object.entries(isFields(responses) ? responses : {});
  const successes = all.filter(([status]) => /^2(?:\d\d|XX)$/iu.test(status));
  const chosen = successes.length > 0 ? successes : all.filter(([status]) => status === "default");
  const schemas = chosen.map(([, response]) => answerOf(look(response)));
  const known = schemas.filter((schema) => schema !== null);
  if (known.length === 0) return null;
  const [only] = known;
  if (known.length === 1 && schemas.length === 1) return only ?? null;
  return { anyOf: known.length < schemas.length ? [...known, { type: "null" }] : known };
}

function answerOf(response: unknown): JsonSchema | null {
  if (!isFields(response) || !isFields(response["content"])) return null;
  const [first, ...rest] = Object.entries(response["content"]);
  if (first === undefined) return null;
  const [type, media] = rest.find(([one]) => kindOf(one) === "json" && kindOf(first[0]) !== "json") ?? first;
  const kind = kindOf(type);
  return kind === "json" || kind === "text" ? schemaOf(media, kind) : bytes;
}

function schemaOf(media: unknown, kind: Body["kind"]): JsonSchema {
  const schema = isFields(media) ? media["schema"] : undefined;
  return kind === "text" ? { type: "string" } : (schema ?? true);
}
