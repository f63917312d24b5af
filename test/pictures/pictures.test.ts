/** The pictures of the README: the terminal's is of what the commands print now (`UPDATE_GOLDENS=1` draws it anew), and those of the playground are there. */
import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { expect, it } from "vitest";
import { cli } from "../../src/cli/cli.ts";
import { terminalPicture } from "../../scripts/pictures/terminal.ts";

const at = (name: string): URL => new URL(`../../docs/pictures/${name}`, import.meta.url);

it("shows in the terminal what the commands print", async () => {
  const drawn = await terminalPicture(cli);
  if (process.env["UPDATE_GOLDENS"] === "1") writeFileSync(at("terminal.svg"), drawn);
  else expect(drawn).toBe(readFileSync(at("terminal.svg"), "utf8"));
});

it("has every picture that the README shows", () => {
  const readme = readFileSync(new URL("../../README.md", import.meta.url), "utf8");
  const named = [...readme.matchAll(/docs\/pictures\/([\w.-]+)/gu)].map(([, name]) => name ?? "");
  const widths = ["playground", "playground-phone"];
  const pages = widths.flatMap((width) => [`${width}-light.png`, `${width}-dark.png`]);
  expect(new Set(named)).toEqual(new Set(["terminal.svg", ...pages]));
  expect(named.filter((name) => !existsSync(at(name)))).toEqual([]);
});
