/**
 * Reads documentation as `contract.json` holds it, of the tree as of the types in it.
 */
import { emptyDoc, type Doc, type DocTag } from "../contract.ts";
import { optionalList, record, string } from "./fields.ts";

export function doc(data: unknown, at: string): Doc {
  if (data === undefined) return emptyDoc;
  const value = record(data, at);
  return { text: string(value["text"], `${at}.text`), tags: optionalList(value["tags"], `${at}.tags`, tag) };
}

function tag(data: unknown, at: string): DocTag {
  const value = record(data, at);
  const optional = (key: "parameter" | "type"): Partial<Record<typeof key, string>> =>
    value[key] === undefined ? {} : { [key]: string(value[key], `${at}.${key}`) };
  return {
    name: string(value["name"], `${at}.name`),
    ...optional("parameter"),
    ...optional("type"),
    text: string(value["text"], `${at}.text`),
  };
}
