import { existsSync, readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { describe, expect, test } from "vitest";
import { engineNames } from "../../src/config/engines.ts";
import { libraryText as kept } from "../../src/library/kept.ts";
import { libraryText } from "../../src/library/library.ts";

const built = fileURLToPath(new URL("../../dist/library/kept/", import.meta.url));

describe.each(engineNames)("the library of %s", (engine) => {
  test("is composed where nothing is built", async () => {
    expect(await kept(engine)).toBe(libraryText(engine));
  });

  test.runIf(existsSync(built))("is what the build has kept", () => {
    expect(readFileSync(`${built}${engine}.txt`, "utf8")).toBe(libraryText(engine));
  });
});
