/** What the person at the page has chosen and written. It is kept in the browser, so that a reload loses nothing. */
import type { ScriptText } from "../protocol.ts";

export interface Choices {
  /** The script that is shown. */
  script: string;
  /** Texts that are not those of the files, by name. */
  drafts: Record<string, string>;
  /** JSON, as it was written. */
  input: string;
  profile: string | null;
  answers: "host" | "mock" | "recording";
  seed: number;
  limits: Record<string, number>;
  theme: "system" | "light" | "dark";
}

/** Of one project: another that is served at the same address finds its own. */
export const keyOf = (project: string): string => `isobind-playground ${project}`;

const initial: Choices = {
  script: "",
  drafts: {},
  input: "",
  profile: null,
  answers: "host",
  seed: 0,
  limits: {},
  theme: "system",
};

/** `project`: its `id`. */
export function readChoices(project: string): Choices {
  const fresh: Choices = { ...initial, drafts: byName({}), limits: {} };
  try {
    const kept = JSON.parse(localStorage.getItem(keyOf(project)) ?? "{}") as Partial<Choices>;
    return { ...fresh, ...kept, drafts: byName(kept.drafts ?? {}) };
  } catch {
    return fresh;
  }
}

/** Texts by names that anybody may have chosen: a script called `constructor` is a script like any other. */
export function byName(drafts: Readonly<Record<string, string>>): Record<string, string> {
  return Object.assign(Object.create(null) as Record<string, string>, drafts);
}

/** False when the browser has no room for it: what was kept before stays. */
export function keepChoices(project: string, choices: Choices): boolean {
  try {
    localStorage.setItem(keyOf(project), JSON.stringify(choices));
    return true;
  } catch {
    return false;
  }
}

/** The page at this moment, for the parts that ask the server. */
export interface Session {
  readonly choices: Choices;
  script(): ScriptText;
}
