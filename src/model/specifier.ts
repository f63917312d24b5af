/**
 * Specifiers: where the name of a module leads, as names and no files. A relative name belongs to the module it stands in; every other name is what the host
 * makes of it. The same rules hold when scripts run, when they are checked, and when `isobind run` looks beside a script.
 */
import { nearest } from "./suggest.ts";

export function isRelative(specifier: string): boolean {
  return /^\.{1,2}(?:\/|$)/.test(specifier);
}

/**
 * The name of a module that `referrer` names. Names of modules beside the script begin with `./` or `../`.
 *
 * @example
 * resolveSpecifier("../units.ts", "./lib/money.ts"); // "./units.ts"
 * resolveSpecifier("@acme/dates", "./lib/money.ts"); // "@acme/dates"
 */
export function resolveSpecifier(specifier: string, referrer: string): string {
  if (!isRelative(specifier)) return specifier;
  return normalize(`${folderOf(referrer)}${specifier}`, isRelative(referrer));
}

/** `./lib/../a.ts` → `./a.ts`; what climbs above its beginning keeps the steps that do. */
export function normalize(name: string, relative = isRelative(name)): string {
  const parts: string[] = [];
  const isAbsolute = name.startsWith("/");
  for (const part of name.split("/")) {
    if (part === "" || part === ".") continue;
    const last = parts.at(-1);
    if (part !== ".." || last === undefined || last === "..") parts.push(part);
    else parts.pop();
  }
  const joined = parts.join("/");
  if (isAbsolute) return `/${joined}`;
  return relative && parts[0] !== ".." ? `./${joined}` : joined;
}

/** The names a module may have where it is kept: TypeScript names a source by what is made of it, `./money.js` for `money.ts`. */
export function candidates(name: string): readonly string[] {
  const match = /^(.*\.[cm]?)js$/i.exec(name);
  return match ? [name, `${match[1]}ts`] : [name];
}

/** How `from` names the module `name`: `./lib/a.ts`, seen from `./lib/b.ts`, is `./a.ts`. Both are names of one kind; else it is named as it stands. */
export function specifierFrom(name: string, from: string): string {
  if (isRelative(name) !== isRelative(from)) return name;
  const folder = folderOf(from)
    .split("/")
    .filter((part) => part !== "" && part !== ".");
  const target = name.split("/").filter((part) => part !== "" && part !== ".");
  let same = 0;
  while (same < folder.length && same < target.length - 1 && folder[same] === target[same]) same++;
  const up = "../".repeat(folder.length - same);
  return `${up === "" ? "./" : up}${target.slice(same).join("/")}`;
}

/**
 * The module that a name which leads nowhere is most likely meant for, or `null`: the one whose extension was left out, as bundlers allow,
 * or else the nearest.
 *
 * @example
 * meantModule("./hello", ["./hello.ts", "./help.ts"]); // "./hello.ts"
 */
export function meantModule(specifier: string, names: readonly string[]): string | null {
  const whole = names.find(
    (name) =>
      name.startsWith(`${specifier}.`) && /^[cm]?[jt]s$|^json$/u.test(name.slice(specifier.length + 1)),
  );
  return whole ?? nearest(specifier, names);
}

/** With its slash; empty for a name without one. */
function folderOf(name: string): string {
  return name.slice(0, name.lastIndexOf("/") + 1);
}
