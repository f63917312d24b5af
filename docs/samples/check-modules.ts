import { readFile } from "node:fs/promises";
import { createChecker } from "isobind/scripts";

const contract = new URL("../../fixtures/quickstart/generated/contract.json", import.meta.url);
const checker = createChecker({ contract: await readFile(contract, "utf8") });

const stored = new Map([
  ["greeting.ts", "export const greeting = (name: string): string => SecureExec.bindings.greet(nam);"],
]);
const source = 'import { greeting } from "./greeting.ts"; export default greeting("Ada");';
const modules = await checker.gather(source, {
  filename: "a.ts",
  modules: { load: (id) => stored.get(id), names: () => stored.keys() },
});
for (const { file, line, message } of checker.check(source, { filename: "a.ts", modules })) {
  console.log(`${file}:${line} ${message}`);
}
