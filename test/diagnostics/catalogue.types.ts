/** What must not compile. Checked by the type checker of the repository; nothing here runs. */
import { report } from "../../src/diagnostics/report.ts";

report("output-missing", { file: "a", command: "isobind generate" }, null);

// @ts-expect-error a code that does not exist
report("output-misssing", { file: "a", command: "b" }, null);

// @ts-expect-error a placeholder that is missing
report("output-missing", { file: "a" }, null);

// @ts-expect-error a placeholder that is misspelt
report("output-missing", { file: "a", comand: "b" }, null);

// @ts-expect-error the data of another code
report("type-any", { name: "a", reason: "b", help: "c" }, null);
