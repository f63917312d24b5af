/**
 * Gives the wished name, or the first numbered one that nobody has.
 *
 * `freeName("User", (name) => name === "User")` -> `User_2`
 */
export function freeName(wished: string, isTaken: (name: string) => boolean, separator = "_"): string {
  let name = wished;
  for (let count = 2; isTaken(name); count++) name = wished + separator + String(count);
  return name;
}
