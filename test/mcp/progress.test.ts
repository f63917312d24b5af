import type { ServerContext } from "@modelcontextprotocol/server";
import { afterEach, beforeEach, expect, it, vi } from "vitest";
import { progressTo } from "../../src/mcp/progress.ts";

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

/** A client that takes a notification when it is told to. */
function client(): { context: Pick<ServerContext, "mcpReq">; heard: string[]; take(): Promise<void> } {
  const heard: string[] = [];
  let taken = Promise.withResolvers<void>();
  const notify = ({ params }: { params?: { message?: string } }): Promise<void> => {
    heard.push(params?.message ?? "");
    return taken.promise;
  };
  return {
    context: { mcpReq: { _meta: { progressToken: 1 }, notify } } as unknown as Pick<ServerContext, "mcpReq">,
    heard,
    async take() {
      taken.resolve();
      taken = Promise.withResolvers();
      await vi.advanceTimersByTimeAsync(0);
    },
  };
}

it("tells what happens while a notification is on its way in the next one, and counts what is too much", async () => {
  const { context, heard, take } = client();
  const progress = progressTo(context);
  for (let at = 0; at < 10_000; at++)
    progress?.onProgress({ kind: "console", level: "log", text: `line ${at}` });
  expect(heard).toEqual(["line 0"]);
  await take();
  expect(heard[1]?.startsWith("line 1\nline 2\n")).toBe(true);
  expect(heard[1]).toMatch(/\n… \d+ more$/u);
  expect(heard[1]?.length).toBeLessThan(6_000);
  await take();
  expect(heard).toHaveLength(2);
  progress?.end();
});

it("keeps no more of empty lines than of others", async () => {
  const { context, heard, take } = client();
  const progress = progressTo(context);
  for (let at = 0; at < 100_000; at++) progress?.onProgress({ kind: "console", level: "log", text: "" });
  await take();
  expect(heard[1]).toMatch(/\n… \d+ more$/u);
  expect(heard[1]?.length).toBeLessThan(5_000);
  progress?.end();
});

it("says that a quiet run is still there, until it has ended", async () => {
  const { context, heard, take } = client();
  const progress = progressTo(context);
  await vi.advanceTimersByTimeAsync(14_000);
  progress?.onProgress({ kind: "call", name: "wait", state: "started" });
  await take();
  await vi.advanceTimersByTimeAsync(14_000);
  expect(heard).toEqual(["wait: started"]);
  await vi.advanceTimersByTimeAsync(2_000);
  await take();
  expect(heard).toEqual(["wait: started", "still running"]);
  progress?.end();
  await vi.advanceTimersByTimeAsync(60_000);
  expect(heard).toHaveLength(2);
});

it("tells nobody who has not asked", () => {
  expect(progressTo({ mcpReq: {} } as Pick<ServerContext, "mcpReq">)).toBeUndefined();
});
