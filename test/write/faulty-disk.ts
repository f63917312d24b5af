/**
 * Makes one call of `node:fs` go wrong, as an error or as the end of the process, whoever makes it. Calls are counted from 1, only
 * synchronous ones, only while `during` runs. After the end of the process every call throws, so that nothing changes any more.
 */
import fs from "node:fs";
import { syncBuiltinESMExports } from "node:module";

export type Fault = "killed before" | "killed after" | "killed halfway" | "EIO" | "EIO from then on";

/** No process has this id: Linux and macOS give smaller ones. */
const died = 2 ** 31 - 1;

/** Returns the name of the call that went wrong; `null` when there were not so many. */
export async function withFault(
  fault: Fault,
  at: number,
  during: () => Promise<unknown>,
): Promise<string | null> {
  const original = Object.fromEntries(
    Object.keys(fs)
      .filter((name) => name.endsWith("Sync"))
      .map((name) => [name, fs[name as keyof typeof fs] as (...args: unknown[]) => unknown]),
  );
  const pid = process.pid;
  let calls = 0;
  let hit: string | null = null;
  let isDead = false;
  for (const [name, real] of Object.entries(original)) {
    const faulty = (...args: unknown[]): unknown => {
      if (isDead) throw new Error("dead");
      calls++;
      const goesOn = fault === "EIO from then on" && calls > at && !/^(?:read|stat|close|rm)/.test(name);
      if (calls !== at && !goesOn) return real(...args);
      hit ??= name;
      if (fault.startsWith("EIO")) throw Object.assign(new Error("EIO: i/o error"), { code: "EIO" });
      isDead = true;
      if (fault === "killed after") real(...args);
      if (fault === "killed halfway" && name === "writeFileSync")
        real(args[0], String(args[1]).slice(0, 9), args[2]);
      throw new Error("killed");
    };
    Object.assign(fs, { [name]: Object.assign(faulty, real) });
  }
  // What it leaves behind shall be that of a process that is no more.
  if (fault.startsWith("killed")) Object.defineProperty(process, "pid", { value: died, configurable: true });
  syncBuiltinESMExports();
  try {
    await during();
  } finally {
    Object.assign(fs, original);
    syncBuiltinESMExports();
    Object.defineProperty(process, "pid", { value: pid, configurable: true });
  }
  return hit;
}
