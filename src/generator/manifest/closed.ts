/**
 * Tells whether what a config file evaluates to depends on its text alone. Only then may a run take the value from its memory; a
 * config that reads the environment, the clock or other files is evaluated each time. It looks at the words of the file, and in
 * doubt the answer is no: that costs milliseconds, while a wrong yes would give output of a config that has changed.
 */
const openWords =
  /\b(?:process|globalThis|global|self|Date|Math|performance|crypto|fetch|require|module|eval|Function|Reflect|Proxy|Symbol|navigator|console|await|async|new|this|class|get|set|import\s*\.|import\s*\()/;

// What is imported cannot be told by a pattern where a comment stands before it: `import os from /* the system */ "node:os"`.
const beforeComment = /\b(?:from|import)\s*\/[/*]/;

/** Specifiers after `from` or a bare `import`. */
const specifiers = /(?:\bfrom|\bimport)\s*["']([^"']+)["']/g;

export function isClosed(text: string): boolean {
  if (openWords.test(text) || beforeComment.test(text)) return false;
  return [...text.matchAll(specifiers)].every(
    ([, name = ""]) => name === "isobind" || /^\.{1,2}\//.test(name),
  );
}
