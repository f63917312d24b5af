/**
 * What arrives is less than what was sent: a class instance crosses as its data, a `Buffer` as a `Uint8Array`.
 */
import { walkShapes } from "../../model/walk.ts";
import { report } from "../../diagnostics/report.ts";
import type { Rule } from "../rule.ts";
import { pathOf, whereOf } from "../where.ts";

export const typeLossy: Rule = (contract) =>
  walkShapes(contract).flatMap((site) => {
    const lossy = "lossy" in site.shape ? site.shape.lossy : undefined;
    if (lossy === undefined) return [];
    return [report("type-lossy", { where: whereOf(site, contract), ...lossy }, site.source, pathOf(site))];
  });
