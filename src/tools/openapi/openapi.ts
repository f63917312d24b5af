/** Operations of an OpenAPI document as tools, which are called over HTTP. */
import type { Json } from "../../model/json.ts";
import { bind, refuseUnknown } from "../bind.ts";
import { readDocument, type DocumentSource } from "../document.ts";
import { isFields } from "../schema/fields.ts";
import type { ImportedTools, Source, SourceSettings, Tool } from "../tool.ts";
import { farFailure, ToolError, ToolsError } from "../tools-error.ts";
import { sendTo, type Wanted } from "./follow.ts";
import { operationsOf, type Operation, type ParameterOf } from "./operations.ts";
import { requestOf, Unsendable, type Sent } from "./request.ts";
import { readAnswer } from "./response.ts";

/** Headers of every request, or what makes those of one. */
export type RequestHeaders =
  | Readonly<Record<string, string>>
  | ((
      request: OpenApiRequest,
    ) => Readonly<Record<string, string>> | Promise<Readonly<Record<string, string>>>);

export interface OpenApiRequest {
  /** `operationId`, or `GET /pets/{id}`. */
  readonly tool: string;
  readonly method: string;
  readonly url: string;
}

export interface OpenApiOptions {
  /** Where the API is, `https://api.example.com/v1`. Default: the first of the document's `servers`. */
  readonly baseUrl?: string | URL;
  /** Headers of the host's, for example `authorization`, for each request and those it is sent on to. Those of a script's argument cannot replace them. */
  readonly headers?: RequestHeaders;
  /**
   * Sends a request, and does not follow its answer to another address: redirects within one origin are followed by whoever calls it, others are refused.
   * Default: the global `fetch`.
   */
  readonly fetch?: (url: string, init: RequestInit) => Promise<Response>;
  /** Bytes of an answer. A longer one is an error of its call. Default: 16 MiB. */
  readonly maxResponseBytes?: number;
}

const optionNames = ["baseUrl", "headers", "fetch", "maxResponseBytes"];

/**
 * The operations of an API as host functions, for the `createRegistry` of the definition that `isobind import openapi` wrote. The document is a local file
 * (JSON or YAML) or its content.
 *
 * Rejects with a `ToolsError`: `ERR_TOOLS_CHANGED` when operations are gone or take or give something else; `ERR_TOOLS_SOURCE` for what is no OpenAPI
 * document of version 3, and when nothing says where the API is. A call throws an `HttpError` for an answer that is no success, with its status and body, and a
 * `ToolError` when there is none.
 *
 * @example
 * const bindings = await fromOpenApi("petstore.yaml", tools, {
 *   headers: () => ({ authorization: `Bearer ${token()}` }),
 * });
 */
export async function fromOpenApi<Bindings = unknown>(
  document: DocumentSource,
  imported?: ImportedTools<Bindings>,
  options: OpenApiOptions = {},
): Promise<Bindings> {
  refuseUnknown("fromOpenApi", options, optionNames);
  const read = openApiIn(await readDocument(document));
  return bind(sourceOf(read, imported?.settings ?? {}, baseOf(read, options), options), imported);
}

/** For a definition; nothing of it is called. */
export async function openApiSource(document: DocumentSource, settings: SourceSettings): Promise<Source> {
  return sourceOf(openApiIn(await readDocument(document)), settings, "", {});
}

type Document = { readonly [key: string]: unknown };

function openApiIn(document: unknown): Document {
  const version = isFields(document) ? document["openapi"] : undefined;
  if (isFields(document) && typeof version === "string" && /^3\.[01]\./u.test(version)) return document;
  const found = isFields(document) && "swagger" in document ? "It is of version 2; convert it first. " : "";
  throw new ToolsError(
    "ERR_TOOLS_SOURCE",
    "This is no OpenAPI document of version 3.0 or 3.1.",
    `${found}Such a document begins with \`openapi: 3.1.0\`.`,
  );
}

function sourceOf(
  document: Document,
  settings: SourceSettings,
  base: string,
  options: OpenApiOptions,
): Source {
  const { operations, left } = operationsOf(document);
  const { tree = "tags", parameters = "flat" } = settings;
  return {
    kind: "openapi",
    settings: {
      ...(tree !== "tags" && { tree }),
      ...(parameters !== "flat" && { parameters }),
    },
    tools: operations.map((one) => toolOf(one, { document, tree, parameters, base, options })),
    left,
    throws: ["HttpError"],
  };
}

interface Setting extends Required<Pick<SourceSettings, "tree" | "parameters">> {
  readonly document: unknown;
  readonly base: string;
  readonly options: OpenApiOptions;
}

function toolOf(operation: Operation, setting: Setting): Tool {
  const { name, method, path, description, deprecated, result } = operation;
  const isGrouped = setting.parameters === "grouped";
  return {
    name,
    place: placeOf(operation, setting.tree),
    description,
    deprecated,
    input: isGrouped ? groupedInput(operation) : flatInput(operation),
    result,
    document: setting.document,
    route: [
      method,
      path,
      ...operation.parameters.map((one): Json => [one.name, one.in, one.style, one.explode]),
    ],
    call: (input, signal) => call(operation, setting, input as Fields | undefined, signal),
  };
}

type Fields = { readonly [name: string]: Json | undefined };

async function call(
  operation: Operation,
  { base, options, parameters }: Setting,
  input: Fields = {},
  signal: AbortSignal | undefined,
): Promise<unknown> {
  const { name, method } = operation;
  const valueOf = (parameter: ParameterOf): Json | undefined =>
    own(parameters === "grouped" ? own(input, groups[parameter.in]) : input, parameter.name);
  let sent: Sent;
  try {
    sent = requestOf(operation, base, valueOf, own(input, "body"));
  } catch (error) {
    if (!(error instanceof Unsendable)) throw error;
    throw new ToolError("ERR_TOOL_ARGUMENT", name, `An argument of \`${name}\` must be ${error.message}.`);
  }
  sent.headers.set("accept", "application/json, text/*;q=0.9, */*;q=0.8");
  const withHosts = async (wanted: Wanted): Promise<Headers> => {
    const hosts =
      typeof options.headers === "function"
        ? await options.headers({ tool: name, method: wanted.method, url: wanted.url })
        : options.headers;
    return joined(wanted.headers, hosts ?? {});
  };
  const send = options.fetch ?? globalThis.fetch;
  try {
    const response = await sendTo(send, name, { ...sent, method }, withHosts, signal);
    return await readAnswer(response, name, options.maxResponseBytes ?? 16 * 1024 ** 2);
  } catch (error) {
    signal?.throwIfAborted();
    // Its message is of the host's network, and nothing for a script.
    if (error instanceof TypeError) throw farFailure(name, `\`${name}\` was not answered.`);
    throw error;
  }
}

/** The host's headers in place of a script's; of cookies both, each under a name of its own. */
function joined(scripts: Headers, hosts: Readonly<Record<string, string>>): Headers {
  const headers = new Headers(scripts);
  for (const [key, value] of Object.entries(hosts)) {
    const others = key.toLowerCase() === "cookie" ? (scripts.get("cookie") ?? "") : "";
    headers.set(key, others === "" ? value : withoutNames(value, others));
  }
  return headers;
}

function withoutNames(hosts: string, scripts: string): string {
  const nameOf = (pair: string): string => (pair.split("=")[0] ?? "").trim();
  const taken = new Set(hosts.split(";").map(nameOf));
  return [hosts, ...scripts.split("; ").filter((pair) => !taken.has(nameOf(pair)))].join("; ");
}

/** A parameter may be called `constructor`, which every object has. */
function own(fields: Json | undefined, name: string): Json | undefined {
  const isThere = typeof fields === "object" && fields !== null && Object.hasOwn(fields, name);
  return isThere ? (fields as Fields)[name] : undefined;
}

const groups = { path: "path", query: "query", header: "headers", cookie: "cookies" } as const;

function placeOf({ name, method, path, tag }: Operation, tree: Setting["tree"]): readonly string[] {
  const steps = path.split("/").filter((step) => step !== "");
  const words = steps.map((step) => step.replace(/\{([^}]*)\}/gu, "by-$1"));
  if (tree === "paths") return [...words, method.toLowerCase()];
  // An operation without an id is named for what it is: `getPetsByPetId`.
  const leaf = name === `${method} ${path}` ? [method.toLowerCase(), ...words].join("-") : name;
  return tree === "tags" && tag !== "" ? [tag, leaf] : [leaf];
}

/** All parameters beside each other, and `body`. */
function flatInput(operation: Operation): object | null {
  return objectOf(operation.parameters, operation);
}

function groupedInput(operation: Operation): object | null {
  const parts = (["path", "query", "header", "cookie"] as const).flatMap((place) => {
    const parameters = operation.parameters.filter((one) => one.in === place);
    if (parameters.length === 0) return [];
    const required = parameters.some((one) => one.required);
    const schema = objectOf(parameters, { ...operation, body: null });
    return [{ name: groups[place], schema, required, description: "", deprecated: false }];
  });
  return objectOf(parts, operation);
}

type Part = Pick<ParameterOf, "name" | "schema" | "required" | "description" | "deprecated">;

function objectOf(parameters: readonly Part[], { body, name }: Operation): object | null {
  const parts: Part[] = [
    ...parameters,
    ...(body === null ? [] : [{ ...body, name: "body", deprecated: false }]),
  ];
  if (parts.length === 0) return null;
  const names = parts.map((part) => part.name);
  const twice = names.find((one, at) => names.indexOf(one) < at);
  if (twice !== undefined) {
    throw new ToolsError(
      "ERR_TOOLS_NAME",
      `\`${name}\` has two parameters \`${twice}\`, in different places.`,
      "Import the document with `--parameters grouped`.",
    );
  }
  return {
    type: "object",
    properties: Object.fromEntries(
      parts.map(({ name: key, schema, description, deprecated }) => [
        key,
        {
          allOf: [schema],
          ...defaultOf(schema),
          description: description || descriptionOf(schema),
          deprecated,
        },
      ]),
    ),
    required: parts.filter((part) => part.required).map((part) => part.name),
    additionalProperties: false,
  };
}

function defaultOf(schema: unknown): object {
  return isFields(schema) && "default" in schema ? { default: schema["default"] } : {};
}

function descriptionOf(schema: unknown): string {
  return isFields(schema) && typeof schema["description"] === "string" ? schema["description"] : "";
}

function baseOf(document: Document, { baseUrl }: OpenApiOptions): string {
  const [server] = Array.isArray(document["servers"]) ? document["servers"] : [];
  const written = isFields(server) && typeof server["url"] === "string" ? server["url"] : "";
  const variables = isFields(server) && isFields(server["variables"]) ? server["variables"] : {};
  const filled = written.replace(/\{([^}]*)\}/gu, (_, name: string) => {
    const variable = variables[name];
    return isFields(variable) ? String(variable["default"]) : "";
  });
  const url = String(baseUrl ?? filled);
  if (URL.canParse(url) && /^https?:/u.test(url)) return url;
  throw new ToolsError(
    "ERR_TOOLS_SOURCE",
    url === "" ? "Nothing says where the API is." : `\`${url}\` is no address of an API.`,
    'Give `baseUrl`, for example `{ baseUrl: "https://api.example.com/v1" }`.',
  );
}
