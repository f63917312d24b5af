/**
 * Sink: the name of a property in a type. An identifier as it is, all else as a string.
 */
import { isIdentifier, visible } from "../../../contract/names.ts";
import { quoted } from "./string.ts";

export function propertyName(name: string): string {
  return isIdentifier(name) && visible(name) === name ? name : quoted(name);
}
