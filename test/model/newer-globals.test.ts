/** The words for a global that only a newer engine has are those of the library's table. */
import { expect, it } from "vitest";
import { engineNames } from "../../src/config/engines.ts";
import { engineWith } from "../../src/library/isolate.ts";
import { isolates } from "../../src/library/isolates.ts";
import { whyLacking } from "../../src/library/newer.ts";
import { newerGlobal, newerGlobals } from "../../src/model/newer-globals.ts";

const numberOf = (engine: string): number => Number(engine.slice("node".length));

it("knows every global that came after the oldest engine", () => {
  const [oldest, ...newer] = engineNames;
  const added = newer.flatMap((engine) =>
    (isolates["globalThis"]?.[engine] ?? "").split(" ").filter((name) => name !== ""),
  );
  expect(Object.keys(newerGlobals).sort()).toEqual([...added].sort());
  for (const name of added) {
    expect(newerGlobals[name]).toBe(numberOf(engineWith("globalThis", name) ?? ""));
    expect(newerGlobal(name, numberOf(oldest))).toEqual(whyLacking("globalThis", name, oldest));
  }
});

it("is silent about what the engine has, and about what none has", () => {
  expect(newerGlobal("Temporal", 26)).toBeNull();
  expect(newerGlobal("toString", 22)).toBeNull();
  expect(newerGlobal("Temporal", 24)?.why).toBe("Node 24 does not have it, Node 26 does");
});
