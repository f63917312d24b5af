import { createScriptTools } from "isobind/ai";
import type { Registry } from "isobind/runtime";

declare const sales: Registry;
declare const support: Registry;

const [forSales, forSupport] = await Promise.all([
  createScriptTools({ registry: sales, prefix: "sales_", promptTokens: 1_000 }),
  createScriptTools({ registry: support, prefix: "support_", promptTokens: 1_000 }),
]);

// sales_run_script, support_run_script and, where an API does not fit, sales_search_api, sales_describe_api, …
export const tools = { ...forSales.tools, ...forSupport.tools };
