/** Names of methods that change what they are called on, and of those that give its elements. Words alone, for whichever compiler looks. */

/** Of lists. Those of `shared` are methods of views as well, whose bytes can be changed. */
export const listMethods: ReadonlyMap<string, "list" | "shared"> = new Map([
  ...(["push", "pop", "shift", "unshift", "splice"] as const).map((name) => [name, "list"] as const),
  ...(["sort", "reverse", "fill", "copyWithin"] as const).map((name) => [name, "shared"] as const),
]);

/** They change their first argument. */
export const objectMethods: ReadonlySet<string> = new Set(
  ["assign", "defineProperty", "defineProperties", "setPrototypeOf"].map((name) => `Object.${name}`),
);

/** Which parameter of its function is an element. */
export const elementParameter: ReadonlyMap<string, number> = new Map([
  ...["forEach", "map", "flatMap", "filter", "some", "every"].map((name) => [name, 0] as const),
  ...["find", "findIndex", "findLast", "findLastIndex"].map((name) => [name, 0] as const),
  ...["reduce", "reduceRight"].map((name) => [name, 1] as const),
]);

/** They give an element. */
export const elementMethods: ReadonlySet<string> = new Set(["at", "find", "findLast"]);

/** They give a new list of the same elements. */
export const copyMethods: ReadonlySet<string> = new Set(["filter", "slice", "toSorted", "toReversed"]);
