/** Bodies of `multipart/form-data`: what their fields are, and how they are written. */
import { randomUUID } from "node:crypto";
import type { Json } from "../../model/json.ts";
import { isFields, textIn, type Fields } from "../schema/fields.ts";
import type { JsonSchema } from "../schema/read.ts";
import { bytesOf } from "../wire/text.ts";

export interface FormField {
  /** A file; in JSON its bytes are base64. */
  readonly isBytes: boolean;
  /** `image/png`; `null`: what its value is made of says it. */
  readonly type: string | null;
}

export interface Form {
  /** The schema of the body, with base64 where files are. */
  readonly schema: JsonSchema;
  readonly fields: Readonly<Record<string, FormField>>;
}

/** `null` for a form that names no fields. */
export function formOf(schema: unknown, encoding: unknown, look: (value: unknown) => unknown): Form | null {
  const whole = look(schema);
  const properties = isFields(whole) ? whole["properties"] : undefined;
  if (!isFields(whole) || !isFields(properties) || Object.keys(properties).length === 0) return null;
  const fields: { [name: string]: FormField } = {};
  const written = Object.entries(properties).map(([name, property]): [string, unknown] => {
    const one = look(property);
    const items = isFields(one) ? look(one["items"]) : undefined;
    const file = [one, items].find(isFile);
    const part = isFields(encoding) ? encoding[name] : undefined;
    const said = isFields(part) ? textIn(part, "contentType") : "";
    fields[name] = {
      isBytes: file !== undefined,
      type:
        typeIn(said) ?? (file === undefined ? null : (typeIn(textIn(file, "contentMediaType")) ?? anyBytes)),
    };
    if (file === undefined || !isFields(one)) return [name, property];
    return [name, file === one ? base64Of(one) : { ...one, items: base64Of(file) }];
  });
  return { schema: { ...whole, properties: Object.fromEntries(written) }, fields };
}

const anyBytes = "application/octet-stream";

/** OpenAPI 3.0: `format: binary`. 3.1: a media type, and no encoding that JSON could hold. */
function isFile(schema: unknown): schema is Fields {
  if (!isFields(schema)) return false;
  if (schema["format"] === "binary") return true;
  const type = textIn(schema, "contentMediaType");
  return type !== "" && textIn(schema, "contentEncoding") === "" && !/^text\/|json$/u.test(type);
}

function base64Of({ description }: Fields): JsonSchema {
  return {
    type: "string",
    contentEncoding: "base64",
    ...(typeof description === "string" && { description }),
  };
}

/** One type, and not `image/*` or a list to choose from. */
function typeIn(text: string): string | null {
  return /^[\w.+-]+\/[\w.+-]+$/u.test(text) ? text : null;
}

/** The text of the header, and the bytes. No value can end its part: the boundary is not known to whoever wrote it. */
export function writeForm(
  pairs: readonly (readonly [string, Json])[],
  fields: Form["fields"],
): { readonly type: string; readonly bytes: Uint8Array<ArrayBuffer> } {
  const boundary = randomUUID();
  const parts = pairs.flatMap(([name, value]) =>
    (Array.isArray(value) ? (value as readonly Json[]) : [value]).flatMap((one) =>
      partOf(name, one, Object.hasOwn(fields, name) ? fields[name] : undefined, boundary),
    ),
  );
  return {
    type: `multipart/form-data; boundary=${boundary}`,
    bytes: Uint8Array.from(Buffer.concat([...parts, Buffer.from(`--${boundary}--\r\n`)])),
  };
}

function partOf(
  name: string,
  value: Json,
  field: FormField | undefined,
  boundary: string,
): readonly Uint8Array[] {
  const label = `"${quoted(name)}"`;
  const isBytes = field?.isBytes === true;
  const isData = typeof value === "object" && value !== null;
  const type = field?.type ?? (isData ? "application/json" : null);
  const head = [
    `--${boundary}`,
    `Content-Disposition: form-data; name=${label}${isBytes ? `; filename=${label}` : ""}`,
    ...(type === null ? [] : [`Content-Type: ${type}`]),
  ];
  const text = typeof value === "string" ? value : JSON.stringify(value);
  return [
    Buffer.from(`${head.join("\r\n")}\r\n\r\n`),
    isBytes ? bytesOf(text) : Buffer.from(text),
    Buffer.from("\r\n"),
  ];
}

/** As forms of browsers write names. */
function quoted(name: string): string {
  return name.replaceAll('"', "%22").replaceAll("\r", "%0D").replaceAll("\n", "%0A");
}
