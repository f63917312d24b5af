/**
 * Gives the setup of one run whose caller asked for less than the sandbox allows. Pure; both runners use it.
 */
import type { GuestLimits, GuestSetup } from "./seam.ts";

/** Puts tighter limits into a setup; the payload limit reaches into every leaf. */
export function tightenSetup(setup: GuestSetup, limits: GuestLimits): GuestSetup {
  return {
    ...setup,
    limits,
    leaves: setup.leaves.map((leaf) => ({
      ...leaf,
      maxPayloadBytes: Math.min(leaf.maxPayloadBytes, limits.payloadBytes),
    })),
  };
}
