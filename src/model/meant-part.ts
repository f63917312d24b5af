/** Which part of the tree is meant by a name that stands alone: `orders.find(7)` without `const { orders } = SecureExec.bindings`. */

/**
 * How that part is written; `null` where there is none, or several leaves of that name.
 *
 * @example
 * meantPart("find", [["orders", "find"], ["greet"]]); // "SecureExec.bindings.orders.find"
 */
export function meantPart(name: string, leaves: readonly (readonly string[])[]): string | null {
  if (name === "bindings") return "SecureExec.bindings";
  if (leaves.some(([first]) => first === name)) return `SecureExec.bindings.${name}`;
  const [leaf, ...others] = leaves.filter((path) => path.at(-1) === name);
  return leaf === undefined || others.length > 0 ? null : ["SecureExec.bindings", ...leaf].join(".");
}
