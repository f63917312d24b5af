/**
 * A definition lists the globals of scripts by names that scripts can write and that nothing of theirs has already: `Array` or `console`
 * would change what every script relies on.
 */
import { report } from "../../diagnostics/report.ts";
import type { Rule } from "../rule.ts";

export const globalsInvalid: Rule = ({ globals }) => {
  if (globals?.invalid === undefined) return [];
  const { reason, help } = globals.invalid;
  return [report("globals-invalid", { reason, help }, globals.source)];
};
