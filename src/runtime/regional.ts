/**
 * Resolves the regional settings: the time zone and the locale of a sandbox, the same for all its runs: those its host had
 * when it was made, or its options. Workers are started with them. Isolates in this process have those of the process, which
 * V8 and ICU know only one of: there nothing else can be asked for, and a process that changes its zone cannot run the
 * sandbox's scripts any more.
 */
import { option, SandboxError } from "./errors.ts";
import { hostRegional, zoneName, type Regional } from "./host-regional.ts";

export interface RegionalOptions {
  /** Time zone of scripts, an IANA name such as `Europe/Berlin`. Default: that of this process when the sandbox is made. Needs `isolation: "process"`. */
  readonly timeZone?: string;
  /** Locale of scripts, a BCP 47 tag such as `de-DE`. Default: that of this process. Needs `isolation: "process"`. */
  readonly locale?: string;
}

/** Throws a `SandboxError` for a zone or locale that does not exist, and for one that isolates in this process cannot have. */
export function resolveRegional(options: RegionalOptions, isolation: "process" | "none"): Regional {
  const host = hostRegional();
  const timeZone = options.timeZone === undefined ? host.timeZone : checkZone(options.timeZone);
  const locale = options.locale === undefined ? host.locale : checkLocale(options.locale);
  if (isolation === "none") {
    const [asked, own] = [zoneName(timeZone), zoneName(host.timeZone)];
    if (asked !== own) throw onlyHost("timeZone", asked, own);
    if (locale !== host.locale) throw onlyHost("locale", locale, host.locale);
  }
  return { timeZone, locale, variable: host.variable };
}

/** Throws a `SandboxError` when this process has another time zone than it had. Looks only when `TZ` has changed. */
export function expectSameZone({ variable, timeZone }: Regional): void {
  if (process.env["TZ"] === variable) return;
  const [before, now] = [zoneName(timeZone), zoneName(hostRegional().timeZone)];
  if (now === before) return;
  throw option(
    `The time zone of this process has changed from ${before} to ${now} since the sandbox was made, and with isolation: "none" its scripts would follow. ` +
      `Make a new sandbox, or use isolation: "process".`,
  );
}

/** The name as ICU writes it: `europe/berlin` → `Europe/Berlin`. */
function checkZone(name: unknown): string {
  // Offsets such as `+05:30` are zones to Intl, and the opposite of it to `TZ`.
  if (typeof name === "string" && /^[A-Za-z]/.test(name)) {
    try {
      return new Intl.DateTimeFormat("en", { timeZone: name }).resolvedOptions().timeZone;
    } catch {
      // No such zone.
    }
  }
  throw option(
    `timeZone: expected the IANA name of a time zone, such as "Europe/Berlin" or "UTC", got ${shown(name)}.`,
  );
}

function checkLocale(tag: unknown): string {
  if (typeof tag === "string") {
    try {
      const [locale] = Intl.DateTimeFormat.supportedLocalesOf(tag);
      if (locale !== undefined) return locale;
    } catch {
      // No tag at all.
    }
  }
  throw option(
    `locale: expected the BCP 47 tag of a locale this Node has, such as "de-DE", got ${shown(tag)}.`,
  );
}

function onlyHost(
  name: "timeZone" | "locale",
  wanted: string | undefined,
  host: string | undefined,
): SandboxError {
  return option(
    `${name}: isolation: "none" runs scripts in this process, which has ${host}; ${wanted} needs isolation: "process".`,
  );
}

function shown(value: unknown): string {
  return typeof value === "string" ? JSON.stringify(value.slice(0, 100)) : typeof value;
}
