/**
 * Tells what of a host's value its type declares, so that nothing more crosses: no further column of a row, no field that a class keeps for
 * itself, no property of a class derived from the declared one. What is not declared is not even read. Wrong values stay wrong, for the check of
 * results to judge. A plan is followed by the encoder of what crosses, in its one walk.
 *
 * Two kinds of type speak of nothing in particular, and let everything through: `any` and `unknown`, and `object`. A type parameter is its
 * constraint, here as in the check of arguments.
 */
import type { RegistryDeclaration, RegistrySignature } from "../../model/registry.ts";
import { remembered } from "../../model/remembered.ts";
import type { Shape } from "../../model/shape.ts";
import { Types } from "../types.ts";
import { Plans } from "./plans.ts";
import type { Plan } from "./writer.ts";

export interface Projection {
  /** What any of these signatures returns. */
  results(signatures: readonly Pick<RegistrySignature, "result" | "typeParameters">[]): Plan;
  /** The properties that the type of an error names. */
  properties(shape: Shape): ReadonlyMap<string, Plan>;
}

/** Projections of one contract share what they have found out about its types. */
export function projectionOf(declarations: readonly RegistryDeclaration[]): Projection {
  return remembered(projections, declarations, () => createProjection(declarations));
}

const projections = new WeakMap<readonly RegistryDeclaration[], Projection>();

function createProjection(declarations: readonly RegistryDeclaration[]): Projection {
  const types = new Types(declarations);
  const plans = new Plans(types);
  return {
    results: (signatures) => plans.anyOf(signatures.map((one) => types.of(one.result, types.scopeOf(one)))),
    properties: (shape) => plans.named(types.of(shape)),
  };
}
