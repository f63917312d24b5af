/**
 * Reads the operations of an OpenAPI document (3.0 and 3.1): what each takes in its path, query, headers and body, and what it answers. Pure; how a call is made is in
 * `request.ts` and `response.ts`.
 */
import { isFields, nameOfStep, textIn } from "../schema/fields.ts";
import type { JsonSchema } from "../schema/read.ts";
import { bodyOf, resultOf, type Body } from "./media.ts";

export type Place = "path" | "query" | "header" | "cookie";

export interface ParameterOf {
  readonly name: string;
  readonly in: Place;
  readonly required: boolean;
  readonly style: (typeof styles)[Place][number];
  readonly explode: boolean;
  /** Sent as JSON, as `content` of a parameter asks for. */
  readonly isJson: boolean;
  readonly schema: JsonSchema;
  readonly description: string;
  readonly deprecated: boolean;
}

/** The first is meant where none is named. */
const styles = {
  path: ["simple", "label", "matrix"],
  query: ["form", "spaceDelimited", "pipeDelimited", "deepObject"],
  header: ["simple"],
  cookie: ["form"],
} as const;

export interface Operation {
  /** `operationId`, or `GET /pets/{id}`. */
  readonly name: string;
  readonly method: string;
  readonly path: string;
  readonly tag: string;
  readonly description: string;
  readonly deprecated: boolean;
  readonly parameters: readonly ParameterOf[];
  /** Cookies that are the host's, under whatever parameter. */
  readonly keys: ReadonlySet<string>;
  readonly body: Body | null;
  /** `null`: no answer has content. */
  readonly result: JsonSchema | null;
}

export interface Operations {
  readonly operations: readonly Operation[];
  readonly left: readonly string[];
}

const methods = ["get", "put", "post", "delete", "patch", "head", "options"] as const;

export function operationsOf(document: { readonly [key: string]: unknown }): Operations {
  const left: string[] = [];
  const operations: Operation[] = [];
  const keys = keysOf(document);
  for (const [path, item] of Object.entries(isFields(document["paths"]) ? document["paths"] : {})) {
    const pathItem = local(document, item);
    if (!isFields(pathItem)) continue;
    for (const method of methods) {
      const operation = pathItem[method];
      if (!isFields(operation)) continue;
      const name = textIn(operation, "operationId") || `${method.toUpperCase()} ${path}`;
      const read = readOperation(document, { path, method, name, operation, pathItem, keys });
      if (typeof read === "string") left.push(`\`${name}\` is left out: ${read}.`);
      else operations.push(read);
    }
  }
  return { operations, left };
}

interface Found {
  readonly path: string;
  readonly method: string;
  readonly name: string;
  readonly operation: { readonly [key: string]: unknown };
  readonly pathItem: { readonly [key: string]: unknown };
  readonly keys: Keys;
}

/** The operation, or why it is none, in words that finish "… is left out:". */
function readOperation(
  document: { readonly [key: string]: unknown },
  { path, method, name, operation, pathItem, keys }: Found,
): Operation | string {
  const parameters = new Map<string, ParameterOf>();
  for (const one of [...listOf(pathItem["parameters"]), ...listOf(operation["parameters"])]) {
    const parameter = readParameter(local(document, one), keys);
    if (typeof parameter === "string") return parameter;
    if (parameter !== null) parameters.set(`${parameter.in} ${parameter.name}`, parameter);
  }
  for (const [, slot = ""] of path.matchAll(/\{([^}]*)\}/gu))
    if (!parameters.has(`path ${slot}`)) return `its path has \`{${slot}}\`, and no parameter of that name`;
  const body = bodyOf(local(document, operation["requestBody"]), (one) => local(document, one));
  if (typeof body === "string") return body;
  const result = resultOf(operation["responses"], (one) => local(document, one));
  const tags = listOf(operation["tags"]);
  return {
    name,
    method: method.toUpperCase(),
    path,
    tag: typeof tags[0] === "string" ? tags[0] : "",
    description: [textIn(operation, "summary"), textIn(operation, "description")]
      .filter((text) => text !== "")
      .join("\n\n"),
    deprecated: operation["deprecated"] === true,
    parameters: [...parameters.values()],
    keys: keys.cookie,
    body,
    result,
  };
}

/** The specification says that the first three are not parameters. The others say who asks and whom: a whole header of cookies could hold the host's once more. */
const notOfScripts = /^(?:accept|content-type|authorization|proxy-authorization|cookie|host)$/iu;

/** `null` for what is not a script's to say. */
function readParameter(parameter: unknown, keys: Keys): ParameterOf | string | null {
  if (!isFields(parameter)) return "one of its parameters names nothing in the document";
  const name = textIn(parameter, "name");
  const place = textIn(parameter, "in");
  const required = parameter["required"] === true || place === "path";
  if (!isPlace(place)) return `\`${name}\` is in no known place`;
  if (place === "cookie" && keys.cookie.has(name)) return null;
  if (place === "header" && (notOfScripts.test(name) || keys.header.has(name.toLowerCase()))) return null;
  const style = textIn(parameter, "style") || styles[place][0];
  if (!(styles[place] as readonly string[]).includes(style))
    return `\`${name}\` has the style \`${style}\`, which is not written`;
  const content = isFields(parameter["content"]) ? Object.values(parameter["content"])[0] : undefined;
  return {
    name,
    in: place,
    required,
    style: style as ParameterOf["style"],
    explode: typeof parameter["explode"] === "boolean" ? parameter["explode"] : style === "form",
    isJson: content !== undefined,
    schema: (isFields(content) ? content["schema"] : parameter["schema"]) ?? true,
    description: textIn(parameter, "description"),
    deprecated: parameter["deprecated"] === true,
  };
}

function isPlace(text: string): text is Place {
  return Object.hasOwn(styles, text);
}

/** What says who asks, as the document's security schemes name it: the host's to send, and not a script's. */
interface Keys {
  readonly cookie: ReadonlySet<string>;
  /** In small letters: the names of headers are the same in all. */
  readonly header: ReadonlySet<string>;
}

function keysOf(document: { readonly [key: string]: unknown }): Keys {
  const components = local(document, document["components"]);
  const found = isFields(components) ? components["securitySchemes"] : undefined;
  const schemes = Object.values(isFields(found) ? found : {}).map((scheme) => local(document, scheme));
  const namesIn = (place: Place): readonly string[] =>
    schemes.flatMap((scheme) => (isFields(scheme) && scheme["in"] === place ? [textIn(scheme, "name")] : []));
  return {
    cookie: new Set(namesIn("cookie")),
    header: new Set(namesIn("header").map((name) => name.toLowerCase())),
  };
}

/** What a local reference names; anything else as it is. */
function local(document: { readonly [key: string]: unknown }, value: unknown): unknown {
  let at = value;
  for (let steps = 0; steps < 20 && isFields(at) && typeof at["$ref"] === "string"; steps++) {
    const target = at["$ref"];
    if (!target.startsWith("#/")) return undefined;
    at = target
      .slice(2)
      .split("/")
      .reduce<unknown>((part, step) => {
        const key = nameOfStep(step);
        return isFields(part) && Object.hasOwn(part, key) ? part[key] : undefined;
      }, document);
  }
  return at;
}

function listOf(value: unknown): readonly unknown[] {
  return Array.isArray(value) ? value : [];
}
