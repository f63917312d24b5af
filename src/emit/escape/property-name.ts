/**
 * Sink: the name of a property in a type. An identifier as it is, all else as a string.
 *
 * Identifiers beyond the Basic Multilingual Plane are quoted too: older compilers, and prettier, do not know all of them.
 */
import { visible } from "../../model/names.ts";
import { quoted } from "./string.ts";

const plain = /^[$_\p{ID_Start}][$\p{ID_Continue}]*$/u;

export function propertyName(name: string): string {
  const isPlain = plain.test(name) && visible(name) === name && !/[\u{10000}-\u{10ffff}]/u.test(name);
  return isPlain ? name : quoted(name);
}
