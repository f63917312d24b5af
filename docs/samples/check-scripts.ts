import { readFile } from "node:fs/promises";
import { createChecker } from "isobind/scripts";

const contract = new URL("../../fixtures/quickstart/generated/contract.json", import.meta.url);
const checker = createChecker({ contract: await readFile(contract, "utf8") });

for (const source of ["SecureExec.bindings.grete('Ada');", "SecureExec.bindings.greet(7);"]) {
  for (const { line, column, message, help } of checker.check(source, { filename: "a.ts" })) {
    console.log(`${line}:${column} ${message} ${help}`);
  }
}
