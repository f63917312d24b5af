/**
 * Type parameters are gone at run time, so a validator can only hold a value to the constraint: a warning, because the
 * declaration promises more than is checked.
 */
import { placeOr } from "../../model/contract.ts";
import { dottedName } from "../../model/names.ts";
import { walkLeaves } from "../../model/walk.ts";
import { report } from "../../diagnostics/report.ts";
import type { Rule } from "../rule.ts";

export const leafGeneric: Rule = ({ root }) =>
  [...walkLeaves(root)].flatMap((leaf) =>
    leaf.signatures.flatMap((signature) =>
      signature.typeParameters.map(({ name, constraint }) => {
        const isFree = constraint === null || constraint.kind === "unknown" || constraint.kind === "any";
        const data = { name: dottedName(leaf.path), parameter: name, isFree };
        return report("leaf-generic", data, placeOr(signature.source, leaf.source), leaf.path);
      }),
    ),
  );
