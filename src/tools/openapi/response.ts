/** Reads an answer, up to a size. An answer that is no success is an `HttpError`. */
import { HttpError, ToolError } from "../tools-error.ts";
import { kindOf } from "./media.ts";

export async function readAnswer(response: Response, tool: string, mostBytes: number): Promise<unknown> {
  const bytes = await readBytes(response, tool, mostBytes);
  const type = response.headers.get("content-type") ?? "";
  if (!response.ok)
    throw new HttpError(tool, response.status, bytes.length === 0 ? null : shown(bytes, type));
  if (bytes.length === 0) return null;
  const kind = type === "" ? "text" : kindOf(type);
  if (kind !== "json" && kind !== "text") return bytes;
  const text = new TextDecoder().decode(bytes);
  if (kind !== "json") return text;
  try {
    return JSON.parse(text) as unknown;
  } catch {
    throw new ToolError(
      "ERR_TOOL_RESULT",
      tool,
      `\`${tool}\` was answered with \`${type}\` that is no JSON.`,
    );
  }
}

function shown(bytes: Uint8Array, type: string): unknown {
  const text = new TextDecoder().decode(bytes);
  if (kindOf(type) !== "json") return text.slice(0, 4000);
  try {
    return JSON.parse(text) as unknown;
  } catch {
    return text.slice(0, 4000);
  }
}

async function readBytes(response: Response, tool: string, most: number): Promise<Uint8Array<ArrayBuffer>> {
  const parts: Uint8Array[] = [];
  let size = 0;
  for await (const part of (response.body ?? []) as AsyncIterable<Uint8Array>) {
    size += part.length;
    if (size > most) {
      throw new ToolError("ERR_TOOL_RESULT", tool, `\`${tool}\` was answered with more than ${most} bytes.`);
    }
    parts.push(part);
  }
  return Uint8Array.from(Buffer.concat(parts));
}
