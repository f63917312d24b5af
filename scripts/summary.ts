/**
 * Ends a CI run with the plain line `N passed, N failed`, read from the test runner's own report of the last `npm test`. Fails when the
 * report is missing or counts no test: a run that tested nothing must not look green. Names what held only at a later try, with why
 * it failed at the first: such a test, or what it tests, is to be mended.
 */
import { existsSync, readFileSync } from "node:fs";
import { relative } from "node:path";

const file = new URL("../.cache/tests.json", import.meta.url);

interface Report {
  readonly numPassedTests: number;
  readonly numFailedTests: number;
  readonly numPendingTests: number;
  readonly numFailedTestSuites: number;
  readonly success: boolean;
  readonly testResults: readonly {
    readonly name: string;
    readonly assertionResults: readonly {
      readonly fullName: string;
      readonly status: string;
      readonly failureMessages: readonly string[];
    }[];
  }[];
}

if (!existsSync(file)) {
  console.error("There is no report of a test run.");
  process.exit(1);
}
const report = JSON.parse(readFileSync(file, "utf8")) as Report;
for (const { name, assertionResults } of report.testResults) {
  for (const { fullName, status, failureMessages } of assertionResults) {
    if (status !== "passed" || failureMessages.length === 0) continue;
    console.log(
      `held at a later try: ${relative(process.cwd(), name)}: ${fullName}\n${failureMessages[0]}\n`,
    );
  }
}
// A file that fails before its first test counts no failed test, and is a failure all the same.
const failed = report.numFailedTests + (report.success || report.numFailedTests > 0 ? 0 : 1);
console.log(`${report.numPassedTests} passed, ${failed} failed, ${report.numPendingTests} skipped`);
process.exitCode = failed > 0 || report.numPassedTests === 0 ? 1 : 0;
