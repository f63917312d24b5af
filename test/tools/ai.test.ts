/** Tools of the AI SDK, called by scripts. */
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { jsonSchema, tool } from "ai";
import { describe, expect, it } from "vitest";
import { z } from "zod";
import { createSandbox } from "../../src/runtime/index.ts";
import { fromAiTools } from "../../src/tools/index.ts";
import { isobind } from "../cli/testing-io.ts";
import { tools as fixture } from "../../fixtures/tools/ai/tools.ts";
import { fixtures, imported } from "./imported.ts";

type Calls = Readonly<Record<string, (input?: unknown) => Promise<unknown>>>;

describe("tools of the AI SDK", () => {
  it("are imported and called by scripts, validated by their own schemas", async () => {
    const { made, ran, tools, createRegistry } = await imported("ai", ["ai", join(fixtures, "ai/tools.ts")]);
    expect(ran.stderr.split("\n")).toEqual([
      "`onClient` is left out: it has no `execute`.",
      "`approved` is left out: it needs an approval, and a script's call would not wait for one.",
      "`fail-always` is called `failAlways`.",
      "warning: countdown result: The schema says nothing of the value, so it is `unknown`.",
      "warning: failAlways result: The schema says nothing of the value, so it is `unknown`.",
      "",
    ]);
    await using sandbox = await createSandbox({
      registry: createRegistry(await fromAiTools(fixture, tools)),
      declaration: readFileSync(made.path("generated/secure-exec.d.ts"), "utf8"),
      isolation: "none",
    });
    const result = await sandbox.run(`
      const { weather, countdown, failAlways } = SecureExec.bindings;
      const here = await weather({ city: "Rome", day: new Date(0) });
      const problem = ({ name, code, tool, message }) => [name, code, tool, message];
      export default [
        here.degrees, here.measured.getTime(), (await weather({ city: "Rome", unit: "kelvin" })).degrees,
        await countdown({ from: 3 }),
        await failAlways().catch(problem),
        await weather({ city: "" }).catch(problem),
      ];
    `);
    expect(result).toMatchObject({
      status: "ok",
      exports: {
        default: [
          4,
          0,
          277,
          "1 left",
          ["ToolError", "ERR_TOOL_FAILED", "fail-always", "out of order"],
          [
            "ToolError",
            "ERR_TOOL_ARGUMENT",
            "weather",
            "The argument `input.city` of weather must be at least 1 character.",
          ],
        ],
      },
    });
  });

  it("are given what transforms make, a signal, an id and the context of the host", async () => {
    const given: unknown[] = [];
    const { trim } = await fromAiTools<Calls>(
      {
        trim: tool({
          inputSchema: z.object({ text: z.string().transform((text) => text.trim()) }),
          contextSchema: z.object({ tenant: z.string() }),
          execute: (input, options) => {
            given.push(input, options);
            return input.text;
          },
        }),
      },
      undefined,
      { context: { tenant: "a" } },
    );
    expect(await trim!({ text: " a " })).toBe("a");
    expect(given).toMatchObject([
      { text: "a" },
      {
        toolCallId: expect.stringMatching(/^[0-9a-f-]{36}$/u) as string,
        messages: [],
        context: { tenant: "a" },
      },
    ]);
  });

  it("are held to refinements, and to what they promise", async () => {
    const calls = await fromAiTools<Calls>({
      even: tool({
        inputSchema: z.object({ n: z.number().refine((n) => n % 2 === 0, "not even") }),
        outputSchema: z.object({ half: z.number().refine((n) => n < 10, "too large") }),
        execute: ({ n }) => ({ half: n / 2 }),
      }),
      own: tool({
        inputSchema: jsonSchema<{ n: number }>(
          { type: "object", properties: { n: { type: "number" } } },
          { validate: (value) => ({ success: false, error: new Error(`no ${JSON.stringify(value)}`) }) },
        ),
        execute: () => 1,
      }),
      lazy: tool({
        inputSchema: jsonSchema<{ n: number }>(() =>
          Promise.resolve({ type: "object", properties: { n: { type: "number" } }, required: ["n"] }),
        ),
        execute: ({ n }) => n,
      }),
    });
    expect(await calls["even"]!({ n: 4 })).toEqual({ half: 2 });
    await expect(calls["even"]!({ n: 3 })).rejects.toMatchObject({
      code: "ERR_TOOL_ARGUMENT",
      message: expect.stringContaining("not even") as string,
    });
    await expect(calls["even"]!({ n: 30 })).rejects.toMatchObject({
      code: "ERR_TOOL_RESULT",
      message: expect.stringContaining("too large") as string,
    });
    await expect(calls["own"]!({ n: 1 })).rejects.toMatchObject({
      code: "ERR_TOOL_ARGUMENT",
      message: expect.stringContaining('no {"n":1}') as string,
    });
    expect(await calls["lazy"]!({ n: 5 })).toBe(5);
    await expect(calls["lazy"]!({})).rejects.toMatchObject({ code: "ERR_TOOL_ARGUMENT" });
  });

  it("are refused when they have changed, and when they are none", async () => {
    const { tools, made } = await imported(null, [
      "ai",
      join(fixtures, "ai/tools.ts"),
      "--only",
      "weather,countdown",
    ]);
    const { weather, countdown: _, ...rest } = fixture;
    await expect(
      fromAiTools({ ...rest, weather: { ...weather, inputSchema: z.object({}) } }, tools),
    ).rejects.toMatchObject({
      code: "ERR_TOOLS_CHANGED",
      message: expect.stringContaining(
        "from: `countdown` is gone, `weather` takes or gives something else.",
      ) as string,
    });
    // What is only said of a tool does not matter to a host.
    await expect(
      fromAiTools({ ...fixture, weather: { ...weather, description: "Other words." } }, tools),
    ).resolves.toBeDefined();
    await expect(fromAiTools([], tools)).rejects.toMatchObject({ code: "ERR_TOOLS_SOURCE" });
    made.write("tools.js", "export const mine = {};\n");
    expect(await isobind(["import", "ai", "tools.js", "--out", "b.ts"], { cwd: made.root })).toMatchObject({
      code: 2,
      stderr: expect.stringContaining("`tools.js` has no export `default`") as string,
    });
    expect(
      await isobind(["import", "ai", "tools.js", "--export", "mine", "--out", "b.ts"], { cwd: made.root }),
    ).toMatchObject({ code: 0 });
  });
});
