import { createSandbox, type ModuleLoader } from "isobind/runtime";

const sandbox = await createSandbox();
const script = `
  import { total } from "./lib/money.ts";
  export default total([{ net: 10 }, { net: 2 }]);
`;

// A map: what scripts may import, by name.
const lib = `
  export interface Item { net: number }
  export const total = (items: Item[]): number => items.reduce((sum, { net }) => sum + net, 0);
`;
const one = await sandbox.run(script, { filename: "report.ts", modules: { "./lib/money.ts": lib } });
console.log(one.status === "ok" ? one.exports["default"] : one.error.stack);

// A loader: asked for each module that is named, with the context of the run.
const files = new Map([["ada/lib/money.ts", lib]]);
const loader: ModuleLoader = { load: async (id, { context }) => files.get(`${String(context)}/${id}`) };
for (const context of ["ada", "bob"]) {
  const result = await sandbox.run(script, { filename: "report.ts", modules: loader, context });
  console.log(result.status === "ok" ? result.exports["default"] : result.error.message);
}
await sandbox.dispose();
