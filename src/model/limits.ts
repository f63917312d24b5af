/**
 * Lists every number isobind enforces on a contract, with its reason. Run-time limits of a sandbox live with the sandbox;
 * these hold for definitions, declarations and validators.
 */

/** Levels of the tree: `a.b.c.d()` is allowed, `a.b.c.d.e()` is not. A script that needs more levels to find a function needs another tree. */
export const maxDepth = 4;

/** Leaves of one contract. Each is a power granted to untrusted code; a reviewer must be able to read them all. */
export const maxLeaves = 64;

/**
 * Steps a validator may take for one call, whatever its arguments weigh. Structured clone keeps shared references, so a 750-byte graph can
 * cost 2^24 visits; 1e5 steps validate about a megabyte of honest data and take about 2 ms.
 */
export const validatorFuel = 100_000;

/** A value counts as 8 bytes at least when it crosses, so that arguments which share nothing have a step for each of their values. */
const bytesPerStep = 8;

/**
 * Steps a validator may take for arguments of so many bytes: what may be sent, because `payloadBytes` allows it, may be checked.
 *
 * @example
 * validatorSteps(750); // 100000
 * validatorSteps(4 * 1024 * 1024); // 524288
 */
export function validatorSteps(payloadBytes: number): number {
  return Math.max(validatorFuel, Math.ceil(payloadBytes / bytesPerStep));
}

/** Nesting a validator follows. Deeper data overflows the stack of recursive code; no honest payload is near it. */
export const validatorDepth = 200;

/** Declarations one leaf's types may drag in, and bytes of the whole declaration: beyond, nobody reads it. */
export const maxDeclarations = 500;
export const maxDeclarationBytes = 100 * 1024;

/** Unnamed types inside one another. A type that is another one at every level has no last level. */
export const maxTypeDepth = 48;

/** Type arguments inside one another: `WithId<WithId<…>>`. Deeper is a type whose parts are larger than it is. */
export const maxArgumentDepth = 48;

/** Types in one parameter, result or declaration. An unnamed type that doubles at each level never ends by itself. */
export const maxTypes = 10_000;

/** Alternatives of one union: more than anyone has written down by hand. */
export const maxAlternatives = 2_000;
