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

const key = "isobind-playground";

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

export function readChoices(): Choices {
  try {
    return { ...initial, ...(JSON.parse(localStorage.getItem(key) ?? "{}") as Partial<Choices>) };
  } catch {
    return { ...initial };
  }
}

/** Texts that do not fit are lost with the page; that is no reason to stop. */
export function keepChoices(choices: Choices): void {
  try {
    localStorage.setItem(key, JSON.stringify(choices));
  } catch {
    localStorage.removeItem(key);
  }
}

/** The page at this moment, for the parts that ask the server. */
export interface Session {
  readonly choices: Choices;
  script(): ScriptText;
}
