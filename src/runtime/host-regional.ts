/**
 * Says which time zone and which locale this process has, without asking `Intl` for dates: its first answer reads the names of
 * eight hundred locales, which takes 11 ms and 8 MB of a process that may never write a date. What cannot be told otherwise is
 * asked there.
 */
import { readFileSync, realpathSync } from "node:fs";

export interface Regional {
  /** What `TZ` is set to: a zone, perhaps under an older name of it (`zoneName`); `undefined` leaves it to the system. */
  readonly timeZone: string | undefined;
  readonly locale: string;
  /** `TZ` of this process when they were read. */
  readonly variable: string | undefined;
}

/** What this process has now. */
export function hostRegional(): Regional {
  const variable = process.env["TZ"];
  return {
    timeZone: placeIn(variable) ?? placeOfSystem(variable) ?? askZone(variable),
    locale: locale(),
    variable,
  };
}

/** Of zones that were asked for: finding one takes a tenth of a millisecond, and each run with a journal asks. */
const names = new Map<string, string>();

/**
 * The one name of a zone: `Asia/Calcutta` and `Asia/Kolkata` are the same. A text that names none stays what it is.
 *
 * @example
 * zoneName("Etc/UTC"); // "UTC"
 */
export function zoneName(timeZone: string | undefined): string | undefined {
  const asked = placeIn(timeZone);
  if (asked === undefined) return timeZone;
  let name = names.get(asked);
  if (name === undefined) names.set(asked, (name = askName(asked)));
  return name;
}

function askName(timeZone: string): string {
  try {
    return new Intl.DateTimeFormat("en", { timeZone }).resolvedOptions().timeZone;
  } catch {
    return timeZone;
  }
}

/** Zones by place, as the database of zones writes them. ICU takes what else it finds in `TZ` for something of its own (`GMT` for `+00:00`). */
const place =
  /^(?:Africa|America|Antarctica|Arctic|Asia|Atlantic|Australia|Etc|Europe|Indian|Pacific)(?:\/[A-Z][\w+-]*){1,2}$/;

function placeIn(text: string | undefined): string | undefined {
  return text !== undefined && (text === "UTC" || place.test(text)) ? text : undefined;
}

/** Where there is no `TZ`, ICU goes by the file that this link names; so do the workers that are told its name. */
function placeOfSystem(variable: string | undefined): string | undefined {
  if (variable !== undefined) return undefined;
  try {
    const [, name] = /\/zoneinfo\/(.+)$/.exec(realpathSync("/etc/localtime")) ?? [];
    return placeIn(name);
  } catch {
    return undefined;
  }
}

/** A `TZ` that names no zone has no name here either; it then means the same in a worker. */
function askZone(variable: string | undefined): string | undefined {
  const { timeZone } = new Intl.DateTimeFormat().resolvedOptions() as { readonly timeZone?: string };
  return timeZone === undefined || timeZone === "Etc/Unknown" ? variable : timeZone;
}

/** What ICU has taken for American English when the process began, before it read any of its tables. */
const american = new Set<string | undefined>([undefined, "C", "POSIX", "C.UTF-8", "C.utf8"]);

/** The first of these that is set is the locale of a process, an empty one too. */
const localeVariables = ["LC_ALL", "LC_MESSAGES", "LANG"];

/** By the environment the process was started with, which Linux keeps: a change of `process.env` changes no locale. */
function startedAmerican(): boolean {
  try {
    const given = readFileSync("/proc/self/environ", "latin1").split("\0");
    const values = localeVariables.map((name) => given.find((one) => one.startsWith(`${name}=`)));
    const first = values.find((value) => value !== undefined);
    return american.has(first?.slice(first.indexOf("=") + 1));
  } catch {
    return false;
  }
}

/** Every part of `Intl` has the same default, but for what is said behind it of calendars and digits (`-u-ca-buddhist`), which only dates know. */
function locale(): string {
  if (startedAmerican()) return "en-US";
  const { LC_ALL = "", LC_MESSAGES = "", LANG = "" } = process.env;
  const saysMore = /@|-u-/i.test(`${LC_ALL} ${LC_MESSAGES} ${LANG}`);
  const asked = saysMore ? new Intl.DateTimeFormat() : new Intl.PluralRules();
  return asked.resolvedOptions().locale;
}
