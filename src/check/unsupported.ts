/**
 * Reports the shapes that reading could not turn into anything that crosses, by code. Reading words the reason; three rules only
 * differ in which of them they report.
 */
import { placeOr, type Contract } from "../model/contract.ts";
import type { UnsupportedShape } from "../model/shape.ts";
import { walkShapes } from "../model/walk.ts";
import type { Diagnostic } from "../diagnostics/diagnostic.ts";
import { report } from "../diagnostics/report.ts";
import { leaveOut, wayTo } from "./way.ts";
import { pathOf, whereOf } from "./where.ts";

export function reportUnsupported(contract: Contract, code: UnsupportedShape["code"]): Diagnostic[] {
  return walkShapes(contract).flatMap((site) => {
    const { shape } = site;
    if (shape.kind !== "unsupported" || shape.code !== code) return [];
    const { type, reason } = shape;
    const way = wayTo(contract, site);
    const help = [shape.help, way === null ? "" : leaveOut(way)].filter((said) => said !== "").join(" ");
    return [
      report(
        code,
        { where: whereOf(site, contract), type, reason, help },
        placeOr(shape.source, site.source),
        pathOf(site),
      ),
    ];
  });
}
