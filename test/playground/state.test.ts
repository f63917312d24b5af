/** What the browser keeps of a page whose texts it has no room for. */
import { afterEach, expect, it, vi } from "vitest";
import { keepChoices, readChoices } from "../../src/playground/page/state.ts";

afterEach(() => vi.unstubAllGlobals());

it("has no text of a script that nobody has written, whatever it is called", () => {
  const kept = new Map<string, string>();
  vi.stubGlobal("localStorage", {
    getItem: (key: string) => kept.get(key) ?? null,
    setItem: (key: string, text: string) => void kept.set(key, text),
  });
  for (const choices of [readChoices("p"), (kept.set("isobind-playground p", "{}"), readChoices("p"))]) {
    expect(["constructor" in choices.drafts, choices.drafts["toString"]]).toEqual([false, undefined]);
    choices.drafts["__proto__"] = "export default 1;";
    keepChoices("p", choices);
    expect({ ...readChoices("p").drafts }).toHaveProperty(["__proto__"], "export default 1;");
    expect(Object.keys(readChoices("p").drafts)).toEqual(["__proto__"]);
  }
});

it("keeps what was written before a text that does not fit, and says so", () => {
  const kept = new Map<string, string>();
  vi.stubGlobal("localStorage", {
    getItem: (key: string) => kept.get(key) ?? null,
    removeItem: (key: string) => kept.delete(key),
    setItem(key: string, text: string) {
      if (text.length > 1_000) throw new DOMException("exceeded the quota", "QuotaExceededError");
      kept.set(key, text);
    },
  });
  const choices = readChoices("p");
  choices.drafts["mine.ts"] = "export default 1;";
  expect(keepChoices("p", choices)).toBe(true);
  // As a run that somebody has shared may bring it.
  choices.drafts["theirs.ts"] = "x".repeat(2_000);
  expect(keepChoices("p", choices)).toBe(false);
  expect(readChoices("p").drafts).toEqual({ "mine.ts": "export default 1;" });
});
