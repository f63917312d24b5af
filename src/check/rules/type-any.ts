/**
 * `any` is not refused, because some functions take anything; but it is said, because nothing is checked there.
 */
import { walkShapes } from "../../model/walk.ts";
import { report } from "../../diagnostics/report.ts";
import type { Rule } from "../rule.ts";
import { pathOf, whereOf } from "../where.ts";

export const typeAny: Rule = (contract) =>
  walkShapes(contract).flatMap((site) =>
    site.shape.kind === "any"
      ? [report("type-any", { where: whereOf(site, contract) }, site.source, pathOf(site))]
      : [],
  );
