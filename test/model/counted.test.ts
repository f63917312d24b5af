import { expect, it } from "vitest";
import { counted } from "../../src/model/counted.ts";

it.each([
  [counted(0, "script"), "0 scripts"],
  [counted(1, "script"), "1 script"],
  [counted(2, "script"), "2 scripts"],
  [counted(1, "entry", "entries"), "1 entry"],
  [counted(2, "entry", "entries"), "2 entries"],
  [counted(1, "call waits", "calls wait"), "1 call waits"],
])("counts: %s", (said, wanted) => expect(said).toBe(wanted));
