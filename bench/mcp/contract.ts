/** The bindings of the quickstart, as the repository has them generated. */
import { readFileSync } from "node:fs";

const file = new URL("../../fixtures/quickstart/generated/contract.json", import.meta.url);
export const contract = JSON.parse(readFileSync(file, "utf8")) as object;
