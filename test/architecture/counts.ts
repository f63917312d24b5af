/** Finds counts that a file puts in words by itself, where one day there is `1 scripts`: `model/counted.ts` knows both forms. */
import type { Sources } from "./reading.ts";

const nouns =
  "arguments|bindings|calls|characters|contracts|declarations|elements|entries|errors|files|functions|items|kinds|leaves|letters|levels|lines|members|modules|others|places|properties|requests|rules|runs|scripts|tokens|tools|types|values|warnings|workers";

/** What is written, and an own choice between one and many. */
const patterns = [
  new RegExp(String.raw`\$\{([^{}]+)\} (?:of |more |named )?(?:${nouns})\b`, "gu"),
  /(=== 1) \? "([a-z ]*)" : "\2(?:s|es)"/gu,
];

/** Numbers that are never one: bounds of ours, and what is over such a bound. */
const isMany = /^(?:max[A-Z]\w*|most[A-Z]\w*|validatorDepth|steps)$/u;
const overBounds = new Set([
  "check/rules/type-too-large.ts: size",
  "diagnostics/catalogue.ts: depth",
  "diagnostics/catalogue.ts: leaves",
  "config/load/load.ts: others.length",
  "registry/define-registry.ts: count",
  "registry/define-registry.ts: path.length",
  "runtime/guest/detached.ts: total",
  "tools/names.ts: placed.length",
]);

/** Words that are no nouns there, numbers with separators, and a program for a page as text. */
const others = new Set([
  "cli/doctor/scripts.ts: file",
  "runtime/journal/otherwise.ts: === 1",
  "docs/script.ts: === 1",
  "playground/page/format.ts: === 1",
  "playground/page/ask/question.ts: whole(shown.letters)",
  "playground/page/calls/calls.ts: whole(shown.letters)",
  "playground/page/output/tree.ts: whole(letters)",
]);

/** One line for each: the file, and what is counted. */
export function handmadeCounts(sources: Sources): string[] {
  return [...sources]
    .flatMap(([file, text]) => {
      const code = text.replace(/^\s*(?:\/\*\*|\*|\/\/).*$/gmu, "");
      const found = patterns.flatMap((pattern) =>
        [...code.matchAll(pattern)].map(([, number = ""]) => number),
      );
      return found.filter((number) => !isMany.test(number)).map((number) => `${file}: ${number}`);
    })
    .filter((one) => !overBounds.has(one) && !others.has(one));
}
