/** The bindings that the tests of this folder mock, as they are generated. */
import { cpSync, readFileSync, rmSync } from "node:fs";
import { join } from "node:path";
import { fixtures, run, scratch } from "../golden/case.ts";

const folder = scratch();
cpSync(join(fixtures, "testing"), folder, { recursive: true });
await run(folder);

/** The content of `generated/contract.json`. */
export const contract = JSON.parse(readFileSync(join(folder, "generated/contract.json"), "utf8")) as object;
export const declarationText = readFileSync(join(folder, "generated/secure-exec.d.ts"), "utf8");
rmSync(folder, { recursive: true, force: true });
