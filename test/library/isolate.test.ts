/**
 * A script's library is what its isolate has, in both directions: the table of isolates is that of the live one, and the library of each
 * engine, seen through the checker, is that of the table.
 */
import { describe, expect, it } from "vitest";
import { engineNames } from "../../src/config/engines.ts";
import { isolateOf } from "../../src/library/isolate.ts";
import { libraryOf } from "../../src/library/library.ts";
import { compareLibrary } from "./compare.ts";
import { isUnshown, unshown } from "./unshown.ts";
import { runningEngine, walkIsolate } from "./walk.ts";

it("the table says what the live isolate has", async () => {
  // What differs is put right by `node scripts/isolates.ts`, once the library is.
  expect(await walkIsolate()).toEqual(isolateOf(runningEngine()));
});

it("the library is what the live isolate has", async () => {
  const found = compareLibrary(libraryOf(runningEngine()).text, await walkIsolate());
  expect(found.filter((one) => !isUnshown(one))).toEqual([]);
});

describe.each(engineNames)("%s", (engine) => {
  const found = compareLibrary(libraryOf(engine).text, isolateOf(engine));

  it("shows what the isolate has, and nothing else", () => {
    expect(found.filter((one) => !isUnshown(one))).toEqual([]);
  });
});

it("hides nothing without need", () => {
  const hidden = engineNames.flatMap((engine) => compareLibrary(libraryOf(engine).text, isolateOf(engine)));
  expect(unshown.filter(({ what }) => !hidden.some((one) => what.test(one)))).toEqual([]);
});

it("has what an older engine has", () => {
  for (const [index, engine] of engineNames.entries()) {
    const older = engineNames[index - 1];
    if (older === undefined) continue;
    const gone = compareLibrary(libraryOf(older).text, isolateOf(engine)).filter((one) =>
      one.startsWith("+"),
    );
    expect(gone).toEqual([]);
  }
});
