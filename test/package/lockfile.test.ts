import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";

interface Lock {
  readonly packages: Readonly<
    Record<
      string,
      {
        readonly version?: string;
        readonly resolved?: string;
        readonly link?: boolean;
        readonly optionalDependencies?: Readonly<Record<string, string>>;
        readonly hasInstallScript?: boolean;
        readonly dev?: boolean;
        readonly devOptional?: boolean;
      }
    >
  >;
}

const read = (name: string): unknown =>
  JSON.parse(readFileSync(new URL(`../../${name}`, import.meta.url), "utf8"));
const { packages } = read("package-lock.json") as Lock;
const locks = {
  "package-lock.json": packages,
  "bench/package-lock.json": (read("bench/package-lock.json") as Lock).packages,
  "site/package-lock.json": (read("site/package-lock.json") as Lock).packages,
};
const manifest = read("package.json") as { allowScripts: Record<string, boolean> };

describe("the lockfile", () => {
  it("names no address, so that it holds behind any registry", () => {
    expect(Object.entries(packages).filter(([, { resolved }]) => resolved !== undefined)).toEqual([]);
    expect(readFileSync(new URL("../../package-lock.json", import.meta.url), "utf8")).not.toMatch(
      /https?:\/\/[^"]*\.tgz/,
    );
  });

  it.each(Object.entries(locks))(
    "has every platform's binaries (%s): `npm ci` refuses one that lacks any, also where it is not needed",
    (_, packages) => {
      const missing = Object.entries(packages).flatMap(([at, { optionalDependencies = {} }]) =>
        Object.keys(optionalDependencies).filter(
          (name) => !packages[`node_modules/${name}`] && !packages[`${at}/node_modules/${name}`],
        ),
      );
      expect(
        missing,
        "a version whose binaries the registry does not have for all platforms; take an older one",
      ).toEqual([]);
    },
  );

  it("every package with an install script is allowed or denied by name", () => {
    const scripted = Object.entries(packages)
      .filter(([at, { hasInstallScript }]) => hasInstallScript === true && at !== "")
      .map(([at]) => at.replace(/^.*node_modules\//, ""));
    const undecided = scripted.filter((name) => !Object.hasOwn(manifest.allowScripts, name));
    // For macOS only; npm installs it nowhere else.
    expect(undecided.filter((name) => name !== "fsevents")).toEqual([]);
    expect(manifest.allowScripts["isolated-vm"]).toBe(false);
  });

  it("has no bundler that is not for development: a dependency with optional peers would keep one in production", () => {
    const bundlers = ["vite", "rollup", "rolldown", "esbuild", "webpack", "@rspack/core", "unplugin"];
    for (const name of bundlers) {
      const { dev, devOptional } = packages[`node_modules/${name}`] ?? {};
      expect([name, dev, devOptional]).toEqual([name, true, undefined]);
    }
  });
});
