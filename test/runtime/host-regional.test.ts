/** What this process has of zone and locale, told without `Intl` for dates where it can be, is what that says. */
import { spawnSync } from "node:child_process";
import { afterEach, describe, expect, it, vi } from "vitest";
import { hostRegional, zoneName } from "../../src/runtime/host-regional.ts";

const own = process.env["TZ"];
function zone(value: string | undefined): void {
  if (value === undefined) delete process.env["TZ"];
  else process.env["TZ"] = value;
}
afterEach(() => {
  zone(own);
  vi.restoreAllMocks();
});

/** What dates of this process say, and `TZ` where they know no name. */
function asDatesSay(): string | undefined {
  const { timeZone } = new Intl.DateTimeFormat().resolvedOptions() as { timeZone?: string };
  return timeZone === undefined || timeZone === "Etc/Unknown" ? process.env["TZ"] : timeZone;
}

const written = [
  "GMT",
  "EST5EDT",
  "PST8PDT",
  "europe/berlin",
  ":Europe/Berlin",
  "",
  "Europe/Nowhere",
  "No/Where",
];
const older = [
  "Asia/Calcutta",
  "Europe/Kiev",
  "Etc/GMT+5",
  "Etc/UTC",
  "Etc/GMT",
  "Australia/ACT",
  "SystemV/AST4ADT",
];

describe("the zone of a process", () => {
  it("is the one that its dates are in, under the same name", () => {
    for (const name of [...Intl.supportedValuesOf("timeZone"), ...written, ...older]) {
      zone(name);
      expect([name, zoneName(hostRegional().timeZone)]).toEqual([name, asDatesSay()]);
    }
  });

  it("means the same dates to whoever is told its name", () => {
    for (const name of [...older, "America/Argentina/Buenos_Aires", "Asia/Kathmandu"]) {
      zone(name);
      const offset = new Date(1.7e12).getTimezoneOffset();
      zone(hostRegional().timeZone);
      expect([name, new Date(1.7e12).getTimezoneOffset()]).toEqual([name, offset]);
    }
  });

  it("is the system's without a `TZ`", () => {
    zone(undefined);
    expect(zoneName(hostRegional().timeZone)).toBe(asDatesSay());
  });

  it("is told without `Intl` for dates, and so is the locale", () => {
    const dates = vi.spyOn(Intl, "DateTimeFormat");
    for (const name of ["UTC", "Europe/Berlin", "America/Argentina/Buenos_Aires"]) {
      zone(name);
      expect(hostRegional()).toMatchObject({ timeZone: name, variable: name });
    }
    expect(dates).not.toHaveBeenCalled();
  });
});

it.each([
  "de_DE.UTF-8",
  "sr_RS@latin",
  "",
  "C",
  "POSIX",
  "C.UTF-8",
  "C@x",
  "xx_YY",
  "qu_PE",
  "en-US-u-ca-buddhist",
  "th_TH@calendar=buddhist",
])("the locale of a process is the one of its dates: LC_ALL=%s", (name) => {
  const url = new URL("../../src/runtime/host-regional.ts", import.meta.url).href;
  const program = `import { hostRegional } from ${JSON.stringify(url)};
      console.log(hostRegional().locale === new Intl.DateTimeFormat().resolvedOptions().locale);`;
  const { stdout } = spawnSync(process.execPath, ["--no-warnings", "--input-type=module", "-e", program], {
    env: { ...process.env, LC_ALL: name },
    encoding: "utf8",
  });
  expect(stdout).toBe("true\n");
});

it.each([
  ["nothing at all", {}, 0],
  ["the one of containers", { LANG: "C.UTF-8" }, 0],
  ["the first that is set", { LC_MESSAGES: "C", LANG: "de_DE" }, 0],
  ["an empty one", { LC_ALL: "", LANG: "C" }, 1],
  ["another", { LANG: "de_DE.UTF-8" }, 1],
])(
  "a process that was started with no language of its own is not asked for one: %s",
  (_, variables, asked) => {
    const url = new URL("../../src/runtime/host-regional.ts", import.meta.url).href;
    // What becomes of the environment later changes no locale.
    const program = `import { hostRegional } from ${JSON.stringify(url)};
      let asked = 0;
      const { DateTimeFormat, PluralRules } = Intl;
      Intl.PluralRules = new Proxy(PluralRules, { construct: (of, args) => (asked++, new of(...args)) });
      process.env.LANG = process.env.LANG === undefined ? "fr_FR" : "C";
      console.log(hostRegional().locale === new DateTimeFormat().resolvedOptions().locale, asked);`;
    const { stdout } = spawnSync(process.execPath, ["--no-warnings", "--input-type=module", "-e", program], {
      env: { PATH: process.env["PATH"], TZ: "UTC", ...variables },
      encoding: "utf8",
    });
    expect(stdout).toBe(`true ${process.platform === "linux" ? asked : 1}\n`);
  },
);
