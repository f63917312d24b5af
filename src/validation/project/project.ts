/**
 * Gives of a host's value what its type declares, and nothing more: no further column of a row, no field that a class keeps for
 * itself, no property of a class derived from the declared one. Always a copy, never a change of the value; what is not declared is not
 * even read. Wrong values stay wrong, for the check of results to judge.
 *
 * Two kinds of type speak of nothing in particular, and let everything through: `any` and `unknown`, and `object`. A type parameter is its
 * constraint, here as in the check of arguments.
 */
import type { RegistryDeclaration, RegistrySignature } from "../../model/registry.ts";
import { remembered } from "../../model/remembered.ts";
import type { Shape } from "../../model/shape.ts";
import { Types } from "../types.ts";
import { Plans } from "./plans.ts";
import { mustStay } from "./same-graph.ts";
import { State, Unprojectable, type Plan } from "./state.ts";

export type Projected =
  | {
      readonly ok: true;
      readonly value: unknown;
      /** False when an object stood where its type declares none of its kind: what it held is gone, and the value is wrong. */
      readonly fits: boolean;
    }
  /** What would be left of the value has more parts than bytes may cross, or is nested deeper than anything that may. */
  | { readonly ok: false; readonly reason: "too-large" | "too-deep" };

export interface Projection {
  /** What any of these signatures returns. */
  results(signatures: readonly RegistrySignature[]): Project;
  /** The properties that the type of an error names. */
  properties(shape: Shape): ReadonlyMap<string, Project>;
}

/** Throws only what an accessor of the value threw. */
export type Project = (value: unknown, maxBytes: number) => Projected;

/** Projections of one contract share what they have found out about its types. */
export function projectionOf(declarations: readonly RegistryDeclaration[]): Projection {
  return remembered(projections, declarations, () => createProjection(declarations));
}

const projections = new WeakMap<readonly RegistryDeclaration[], Projection>();

function createProjection(declarations: readonly RegistryDeclaration[]): Projection {
  const types = new Types(declarations);
  const plans = new Plans(types);
  return {
    results: (signatures) =>
      projector(plans.anyOf(signatures.map((one) => types.of(one.result, types.scopeOf(one))))),
    properties: (shape) =>
      new Map(Array.from(plans.named(types.of(shape)), ([name, plan]) => [name, projector(plan)])),
  };
}

function projector(plan: Plan): Project {
  return (value, maxBytes) => {
    if (typeof value !== "object" || value === null) return { ok: true, value, fits: true };
    const state = new State(maxBytes);
    try {
      const projected = plan(state, value);
      return { ok: true, value: mustStay(state) ? value : projected, fits: state.fits };
    } catch (error) {
      if (error instanceof Unprojectable) return { ok: false, reason: error.reason };
      throw error;
    }
  };
}
