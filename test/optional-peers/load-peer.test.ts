import { globSync, mkdirSync, mkdtempSync, readFileSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { describe, expect, it } from "vitest";
import { loadPeer, peers, type PeerName, type PeerProblem } from "../../src/optional-peers/load-peer.ts";
import { isWithin } from "../../src/optional-peers/range.ts";

const root = new URL("../../", import.meta.url);

class Refused extends Error {
  readonly problem: PeerProblem;
  constructor(problem: PeerProblem) {
    super(problem.message);
    this.problem = problem;
  }
}

/** A module in a folder where `name` is installed in this version, or is not. */
function programWith(name: string, version: string | null): URL {
  const folder = mkdtempSync(join(tmpdir(), "isobind-peer-"));
  if (version !== null) {
    const place = join(folder, "node_modules", name);
    mkdirSync(place, { recursive: true });
    writeFileSync(join(place, "package.json"), JSON.stringify({ name, version, exports: "./index.js" }));
    writeFileSync(join(place, "index.js"), "");
  }
  return pathToFileURL(join(folder, "program.js"));
}

const missing = (): Promise<unknown> => import(/* @vite-ignore */ ["isobind", "no-such"].join("-"));
const loading = (from: URL, load: () => Promise<unknown>, name: PeerName = "ai"): Promise<unknown> =>
  loadPeer({ name, who: "A tool", load, refuse: (problem) => new Refused(problem), from });

describe("loadPeer", () => {
  it("says which package is missing, its range, and the command that installs it", async () => {
    await expect(loading(programWith("ai", null), missing)).rejects.toMatchObject({
      problem: {
        message: "A tool needs the package `ai`, version ^7.0.0, and it is not installed.",
        help: 'Run `npm install "ai@^7.0.0"`.',
        cause: { code: "ERR_MODULE_NOT_FOUND" },
      },
    });
  });

  it("names a version that is installed and does not fit, and loads nothing of it", async () => {
    let loads = 0;
    const load = async (): Promise<number> => ++loads;
    const name = "@modelcontextprotocol/server";
    await expect(loading(programWith(name, "1.32.2"), load, name)).rejects.toMatchObject({
      problem: {
        message: `A tool needs the package \`${name}\`, version ^2.4.0, and 1.32.2 is installed.`,
        help: `Run \`npm install "${name}@^2.4.0"\`.`,
      },
    });
    expect(loads).toBe(0);
    expect(await loading(programWith(name, "2.5.0"), load, name)).toBe(1);
  });

  it("leaves every other failure as it is, also that of a package which is installed by halves", async () => {
    const own = new Error("broken");
    await expect(loading(programWith("ai", null), () => Promise.reject(own))).rejects.toBe(own);
    await expect(loading(programWith("ai", "7.1.0"), missing)).rejects.toMatchObject({
      code: "ERR_MODULE_NOT_FOUND",
    });
  });

  it("loads what is in a bundle, where nothing is installed", async () => {
    expect(await loading(programWith("ai", null), async () => "bundled")).toBe("bundled");
  });
});

it.each([
  ["7.0.0", "^7.0.0", true],
  ["7.0.1", "^7.0.0", true],
  ["7.10.0", "^7.9.9", true],
  ["7.9.8", "^7.9.9", false],
  ["8.0.0", "^7.0.0", false],
  ["6.9.9", "^7.0.0", false],
  ["7.1.0-beta.1", "^7.0.0", false],
  ["0.5.18", "^0.5.17", true],
  ["0.5.16", "^0.5.17", false],
  ["0.6.0", "^0.5.17", false],
  ["1.0.0", "^0.5.17", false],
  ["next", "^7.0.0", false],
] as const)("%s is within %s: %s", (version, range, expected) => {
  expect(isWithin(version, range)).toBe(expected);
});

it("has the ranges of package.json, but for the engine, whose range is a matter of safety", () => {
  const manifest = JSON.parse(readFileSync(new URL("package.json", root), "utf8")) as {
    peerDependencies: Record<string, string>;
  };
  const { "isolated-vm": _engine, ...others } = manifest.peerDependencies;
  expect(peers).toEqual(others);
});

it("is how every optional package is loaded", () => {
  const names = Object.keys(peers).join("|");
  const loads = globSync("src/**/*.ts", { cwd: root }).flatMap((file) => {
    const text = readFileSync(new URL(file, root), "utf8");
    return (
      [...text.matchAll(new RegExp(`import\\((?:/\\*.*?\\*/ )?"(?:${names})[/"]`, "gu"))]
        // The arrow function of a `load`, and not an import that is awaited where it stands.
        .filter(
          ({ index }) =>
            !/typeof $|\b(?:load(?:Client)?\((?:"[^"]+", )?|load: )\s*\(\) => $/u.test(text.slice(0, index)),
        )
        .map(([found]) => `${file}: ${found}`)
    );
  });
  expect(loads).toEqual([]);
});
