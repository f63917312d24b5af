/**
 * Reads a document of schemas, an API or a list of tools: JSON or YAML, with the files that its references name. Files only, from the folder of the document or the
 * working folder downwards; nothing is asked of a network.
 */
import { realpathSync } from "node:fs";
import { readFile } from "node:fs/promises";
import { dirname, resolve, sep } from "node:path";
import { fileURLToPath } from "node:url";
import { loadPeer } from "../optional-peers/load-peer.ts";
import { peerMissing, ToolsError } from "./tools-error.ts";

/** A document that has been read, its path, or its `file:` URL. */
export type DocumentSource = object | string | URL;

/** The document with all that its references name inside it. */
export async function readDocument(source: DocumentSource): Promise<unknown> {
  if (typeof source === "object" && !(source instanceof URL)) return source;
  const file = placeOf(source);
  const parser = await loadParser();
  return await reading(source, () => parser.bundle(file, optionsFor(file)));
}

/**
 * A list of schemas, each a document of its own: `#/$defs/Row` in one is its own `Row`. `whole` puts inside a schema what its references to other
 * files name.
 */
export async function readList(source: DocumentSource): Promise<{
  readonly content: unknown;
  readonly whole: (schema: unknown) => Promise<unknown>;
}> {
  if (typeof source === "object" && !(source instanceof URL))
    return { content: source, whole: async (schema) => schema };
  const file = placeOf(source);
  const parser = await loadParser();
  return {
    content: await reading(source, () => parser.parse(file, optionsFor(file))),
    whole: async (schema) =>
      namesFiles(schema)
        ? await reading(source, () => parser.bundle(file, structuredClone(schema), optionsFor(file)))
        : schema,
  };
}

function namesFiles(schema: unknown): boolean {
  if (typeof schema !== "object" || schema === null) return false;
  if ("$ref" in schema && typeof schema.$ref === "string" && !schema.$ref.startsWith("#")) return true;
  return Object.values(schema).some(namesFiles);
}

async function reading<T>(source: string | URL, read: () => Promise<T>): Promise<T> {
  try {
    return await read();
  } catch (error) {
    const message = error instanceof Error ? error.message : String(error);
    // Its own name, or that of a file it refers to.
    const [, missing] = /ENOENT\b.* '([^']*)'/u.exec(message) ?? [];
    const why = missing === undefined ? message.replace(/[.\s]+$/u, "") : `there is no file \`${missing}\``;
    const said = `\`${String(source)}\` cannot be read: ${why}.`;
    throw new ToolsError(
      "ERR_TOOLS_SOURCE",
      said.replaceAll(`${process.cwd()}${sep}`, ""),
      missing === undefined
        ? "It has to be JSON or YAML, and its references must name local files."
        : "Check how it is spelled, and from which folder.",
    );
  }
}

function optionsFor(file: string): object {
  const allowed = [dirname(file), process.cwd()].map(real);
  const read = async ({ url }: { url: string }): Promise<Buffer> => {
    const path = real(url.startsWith("file:") ? fileURLToPath(url) : decodeURIComponent(url));
    if (!allowed.some((folder) => path.startsWith(`${folder}${sep}`))) {
      throw new Error(`\`${url}\` is outside the folder of the document and the working folder`);
    }
    return await readFile(path);
  };
  return { resolve: { http: false, file: { order: 1, read } } };
}

function placeOf(source: string | URL): string {
  const text = String(source);
  if (/^https?:/u.test(text)) {
    throw new ToolsError(
      "ERR_TOOLS_SOURCE",
      `\`${text}\` is not a local file.`,
      "Save the document in the project, where its changes can be reviewed.",
    );
  }
  return resolve(text.startsWith("file:") ? fileURLToPath(text) : text);
}

function real(path: string): string {
  try {
    return realpathSync(path);
  } catch {
    return resolve(path);
  }
}

interface RefParser {
  parse(file: string, options: object): Promise<unknown>;
  bundle(file: string, options: object): Promise<unknown>;
  bundle(file: string, schema: unknown, options: object): Promise<unknown>;
}

async function loadParser(): Promise<RefParser> {
  const loaded = (await loadPeer({
    name: "@apidevtools/json-schema-ref-parser",
    who: "Reading a document",
    load: () => import("@apidevtools/json-schema-ref-parser"),
    refuse: peerMissing,
  })) as unknown as { default: RefParser };
  return loaded.default;
}
