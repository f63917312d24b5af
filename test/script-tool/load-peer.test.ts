import { expect, it } from "vitest";
import { loadPeer } from "../../src/script-tool/load-peer.ts";

const missing = "isobind-no-such-package";

it("says how to get a package that is not installed", async () => {
  const loading = loadPeer(() => import(/* @vite-ignore */ missing), "An MCP server", missing);
  await expect(loading).rejects.toMatchObject({
    code: "ERR_SANDBOX_OPTION",
    message: `An MCP server needs the package \`${missing}\`: \`npm install ${missing}\`.`,
  });
});

it("leaves every other failure as it is", async () => {
  const own = new Error("broken");
  await expect(loadPeer(() => Promise.reject(own), "It", "some")).rejects.toBe(own);
});
