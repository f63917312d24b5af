/** A server of isobind as its command serves it, with checks of types. Its functions are never called. */
import { serveStdio } from "isobind/mcp";
import { mockRegistry } from "isobind/testing";
import { contract } from "./contract.ts";

await serveStdio({ registry: mockRegistry(contract), contract });
