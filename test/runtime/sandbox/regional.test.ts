/** One time zone and one locale for all runs of a sandbox, whatever becomes of its host's. */
import { afterEach, describe, expect, it } from "vitest";
import { workerEnvironment } from "../../../src/runtime/process/launch.ts";
import { hostRegional } from "../../../src/runtime/host-regional.ts";
import { createSandbox, type SandboxOptions } from "../../../src/runtime/index.ts";

const look = `
  const d = new Date(Date.UTC(2024, 6, 1));
  export default [Intl.DateTimeFormat().resolvedOptions().timeZone, d.getHours(), new Intl.NumberFormat().resolvedOptions().locale, (1234.5).toLocaleString(), d.toLocaleDateString()];`;

const own = process.env["TZ"];
afterEach(() => {
  if (own === undefined) delete process.env["TZ"];
  else process.env["TZ"] = own;
});

async function seen(options: SandboxOptions): Promise<unknown> {
  await using sandbox = await createSandbox({ workers: 1, ...options });
  const result = await sandbox.run(look);
  return result.status === "ok" ? result.exports["default"] : result.error;
}

describe.each(["none", "process"] as const)("isolation: %s", (isolation) => {
  it("scripts have the host's time zone and locale", async () => {
    process.env["TZ"] = "America/New_York";
    expect(await seen({ isolation })).toEqual([
      "America/New_York",
      20,
      hostRegional().locale,
      (1234.5).toLocaleString(),
      new Date(Date.UTC(2024, 6, 1)).toLocaleDateString(),
    ]);
  });

  it("may name what the host has", async () => {
    process.env["TZ"] = "Asia/Tokyo";
    const { locale } = hostRegional();
    expect(await seen({ isolation, timeZone: "asia/tokyo", locale })).toEqual(
      expect.arrayContaining(["Asia/Tokyo", 9, locale]),
    );
  });

  it.each<[SandboxOptions, string]>([
    [
      { timeZone: "Nowhere/City" },
      'timeZone: expected the IANA name of a time zone, such as "Europe/Berlin" or "UTC", got "Nowhere/City".',
    ],
    [{ timeZone: "+05:30" }, 'got "+05:30"'],
    [{ timeZone: 5 as never }, "got number"],
    [
      { locale: "not a tag" },
      'locale: expected the BCP 47 tag of a locale this Node has, such as "de-DE", got "not a tag".',
    ],
    [{ locale: "xx-YY" }, 'got "xx-YY"'],
  ])("refuses what does not exist: %j", async (options, message) => {
    await expect(createSandbox({ isolation, ...options })).rejects.toMatchObject({
      code: "ERR_SANDBOX_OPTION",
      message: expect.stringContaining(message),
    });
  });
});

it("workers have the sandbox's own, and keep them when the host's zone changes", async () => {
  process.env["TZ"] = "UTC";
  await using sandbox = await createSandbox({
    workers: 1,
    maxRuns: 1,
    timeZone: "Europe/Berlin",
    locale: "de-DE",
  });
  await using plain = await createSandbox({ workers: 1, maxRuns: 1 });
  for (const zone of ["UTC", "Asia/Tokyo", "America/New_York"]) {
    process.env["TZ"] = zone;
    // A worker a run: also those that are started after the change.
    for (let i = 0; i < 2; i++) {
      expect((await sandbox.run(look)) as unknown).toMatchObject({
        exports: { default: ["Europe/Berlin", 2, "de-DE", "1.234,5", "1.7.2024"] },
      });
      expect((await plain.run(look)) as unknown).toMatchObject({
        exports: { default: expect.arrayContaining(["UTC", 0]) },
      });
    }
  }
});

it("a worker's environment has no other word about either", () => {
  const environment = {
    TZ: "Asia/Tokyo",
    LANG: "fr_FR",
    LC_ALL: "fr_FR",
    LC_MESSAGES: "it_IT",
    LC_TIME: "es_ES",
    SECRET: "x",
  };
  const regional = { timeZone: "UTC", locale: "de-DE", variable: undefined };
  const names = Object.entries(workerEnvironment(environment, regional)).filter(([name]) =>
    /^(?:TZ|LANG|LC_|SECRET)/.test(name),
  );
  expect(Object.fromEntries(names)).toEqual({ TZ: "UTC", LC_ALL: "de-DE" });
});

describe("isolates in this process", () => {
  it.each([{ timeZone: "Asia/Kathmandu" }, { locale: "eo" }])(
    "cannot have their own: %j",
    async (options) => {
      await expect(createSandbox({ isolation: "none", ...options })).rejects.toMatchObject({
        code: "ERR_SANDBOX_OPTION",
        message: expect.stringMatching(
          /isolation: "none" runs scripts in this process, which has .*; .* needs isolation: "process"\.$/,
        ),
      });
    },
  );

  it("do not follow when the process changes its zone", async () => {
    process.env["TZ"] = "UTC";
    await using sandbox = await createSandbox({ isolation: "none" });
    expect(await sandbox.run(look)).toMatchObject({
      exports: { default: expect.arrayContaining(["UTC", 0]) },
    });
    process.env["TZ"] = "Asia/Tokyo";
    await expect(sandbox.run(look)).rejects.toMatchObject({
      code: "ERR_SANDBOX_OPTION",
      message: expect.stringContaining("from UTC to Asia/Tokyo"),
    });
    process.env["TZ"] = "Etc/UTC";
    expect(await sandbox.run(look)).toMatchObject({ status: "ok" });
  });
});
