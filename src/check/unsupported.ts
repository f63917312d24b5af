/**
 * Reports the shapes that reading could not turn into anything that crosses, by code. Reading words the reason; three rules only
 * differ in which of them they report.
 */
import { placeOr, type Contract } from "../model/contract.ts";
import type { UnsupportedShape } from "../model/shape.ts";
import { walkShapes } from "../model/walk.ts";
import type { Diagnostic } from "../diagnostics/diagnostic.ts";
import { report } from "../diagnostics/report.ts";
import { pathOf, whereOf } from "./where.ts";

export function reportUnsupported(contract: Contract, code: UnsupportedShape["code"]): Diagnostic[] {
  return walkShapes(contract).flatMap((site) => {
    const { shape } = site;
    if (shape.kind !== "unsupported" || shape.code !== code) return [];
    const { type, reason, help } = shape;
    return [
      report(
        code,
        { where: whereOf(site), type, reason, help },
        placeOr(shape.source, site.source),
        pathOf(site),
      ),
    ];
  });
}
