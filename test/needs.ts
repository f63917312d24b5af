/**
 * Programs that a few tests need and npm does not bring: a Redis server, a browser. Where one is missing its tests are skipped under a
 * name that says so; where `ISOBIND_REQUIRE` names it, as `.ci/run` does after it has installed them all, its tests fail instead, so
 * that nothing stays untested because a machine has changed.
 */
import { accessSync, constants } from "node:fs";
import { delimiter, join } from "node:path";
import { describe } from "vitest";

/** What each is called where it is: in Debian, in Ubuntu, by its makers. */
const names = {
  redis: ["redis-server"],
  chromium: ["chromium", "chromium-browser", "google-chrome", "google-chrome-stable"],
} as const;

export type Program = keyof typeof names;

/** The path of a program, or `undefined` where the machine has none; throws where it has to be there. */
export function needs(program: Program): string | undefined {
  const path = names[program].flatMap((name) => onPath(name)).at(0);
  const required = (process.env["ISOBIND_REQUIRE"] ?? "").split(",").includes(program);
  if (path === undefined && required) {
    throw new Error(
      `${program} is required by ISOBIND_REQUIRE, and ${names[program].join(", ")} is not on PATH.`,
    );
  }
  return path;
}

/** `describe` for tests that need a program: they are given its path, and skipped with the reason in their name where there is none. */
export function describeWith(program: Program, title: string, body: (path: string) => void): void {
  const path = needs(program);
  if (path === undefined) describe.skip(`${title} (needs ${program}, which is not on PATH)`, () => body(""));
  else describe(title, () => body(path));
}

function onPath(name: string): string[] {
  const folders = (process.env["PATH"] ?? "").split(delimiter);
  return folders.map((folder) => join(folder, name)).filter(isProgram);
}

function isProgram(path: string): boolean {
  try {
    accessSync(path, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}
