/**
 * A definition says what a script is by `input` and `result` and nothing else: whatever is not understood would be a promise that
 * nobody keeps.
 */
import { report } from "../../diagnostics/report.ts";
import type { Rule } from "../rule.ts";
import { scriptName } from "../where.ts";

export const scriptContractInvalid: Rule = ({ scripts = [] }) =>
  scripts.flatMap((script) => {
    if (script.invalid === undefined) return [];
    const { reason, help } = script.invalid;
    return [report("script-contract-invalid", { name: scriptName(script), reason, help }, script.source)];
  });
