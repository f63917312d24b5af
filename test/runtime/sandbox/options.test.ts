import { afterEach, describe, expect, it } from "vitest";
import {
  createSandbox,
  type RunOptions,
  type Sandbox,
  type SandboxOptions,
} from "../../../src/runtime/index.ts";
import { languageGlobals } from "../../../src/model/language-globals.ts";
import { webGlobals } from "../../../src/model/web-globals.ts";

const open: Sandbox[] = [];
afterEach(() => Promise.all(open.splice(0).map((sandbox) => sandbox.dispose())));

async function sandboxOf(options: SandboxOptions = {}): Promise<Sandbox> {
  const sandbox = await createSandbox({ isolation: "none", ...options });
  open.push(sandbox);
  return sandbox;
}

describe("options of createSandbox", () => {
  it.each([
    [{ isolation: "thread" }, /isolation/],
    [{ placement: "guest" }, /placement/],
    [{ placement: "worker" }, /isolation: "process"/],
    [{ isolation: "process", placement: "worker" }, /registryModule/],
    [
      { isolation: "process", placement: "worker", registryModule: "/x.js", onCall: () => 1 },
      /onCall.*worker/,
    ],
    [{ errors: "hide" }, /errors/],
    [{ validateResults: "warn" }, /validateResults/],
    [{ onCall: 5 }, /onCall/],
    [{ registry: 5 }, /registry/],
    [{ globals: { "a b": 1 } }, /identifier/],
    [{ globals: { console: 1 } }, /console/],
    [{ globals: { Array: 1 } }, /Array is already a global of scripts/],
    [{ globals: { SharedArrayBuffer: 1 } }, /SharedArrayBuffer/],
    [{ globals: { undefined: 1 } }, /undefined/],
    [{ globals: { class: 1 } }, /class is a word of the language/],
    [{ globals: [1] }, /globals: expected an object/],
    [{ globals: { now: () => 1 } }, /globals: now is a function.*binding/],
    [{ globals: { tools: { list: [{ now: () => 1 }] } } }, /globals: at \.tools\.list\[0\]\.now: a function/],
    [
      { globals: { text: "x".repeat(5000) }, limits: { payloadBytes: 1024 } },
      /larger than the limit of 1024/,
    ],
    [{ registry: "./host.js" }, /registry: .* the path of a module is `registryModule`/],
    [{ registry: new URL("file:///host.js") }, /the path of a module is `registryModule`/],
    [{ registryModule: 5 }, /registryModule: expected a path or a URL/],
    [
      { registryModule: new URL("data:text/javascript,export default 5") },
      /registryModule: the module's default export must be a registry/,
    ],
    [{ declaration: 5 }, /declaration: expected a path or a URL/],
    [{ execPath: 5 }, /execPath/],
    [{ execPath: process.execPath }, /execPath: isolation: "none" starts no workers/],
    [{ limit: { wallMs: 5 } }, /createSandbox: there is no option `limit`\. Did you mean `limits`\?/],
    [{ onconsole: () => 1, isolatoin: "none" }, /`onConsole`[^]*`isolation`/],
    [{ zebra: 1 }, /there is no option `zebra`\.$/],
    [{ limits: { wallMS: 5 } }, /limits\.wallMS.*Did you mean `wallMs`\?/],
    [{ workers: 0 }, /workers/],
    [{ limits: { memoryMb: 0 } }, /memoryMb/],
    [{ declaration: "/no/such/file.d.ts" }, /cannot be read/],
  ])("refuses %j with words", async (options, message) => {
    const made = createSandbox({ isolation: "none", ...options } as SandboxOptions);
    await expect(made).rejects.toMatchObject({
      name: "SandboxError",
      code: "ERR_SANDBOX_OPTION",
      message: expect.stringMatching(message) as unknown,
    });
  });

  it.each([null, 5, "x", []])("refuses %j instead of options", async (options) => {
    await expect(createSandbox(options as unknown as SandboxOptions)).rejects.toMatchObject({
      code: "ERR_SANDBOX_OPTION",
      message: "createSandbox: expected an object of options.",
    });
  });
});

describe("options of run", () => {
  it.each([
    [{ filname: "a.js" }, "run: there is no option `filname`. Did you mean `filename`?"],
    [{ wallMs: 5 }, "run: there is no option `wallMs`."],
    [{ limits: { wallms: 5 } }, /Did you mean `wallMs`\?$/],
    [{ filename: 5 }, "filename: expected a string."],
    [{ signal: 5 }, "signal: expected an AbortSignal."],
    [{ language: "python" }, /^language: expected/],
    [null, "run: expected an object of options."],
    [["a.js"], "run: expected an object of options."],
  ])("refuses %j with words", async (options, message) => {
    const sandbox = await sandboxOf();
    await expect(sandbox.run("1", options as unknown as RunOptions)).rejects.toMatchObject({
      name: "SandboxError",
      code: "ERR_SANDBOX_OPTION",
      message: typeof message === "string" ? message : expect.stringMatching(message),
    });
  });
});

describe("names of globals", () => {
  it("are judged by what scripts have, not by what the host has", async () => {
    const globals = {
      fetch: 1,
      process: { env: 2 },
      setTimeout: 3,
      Buffer: 4,
      URL: 5,
      crypto: 6,
      WebAssembly: 7,
      of: 8,
    };
    const sandbox = await sandboxOf({ globals });
    const result = await sandbox.run(
      "export default { fetch, process, setTimeout, Buffer, URL, crypto, WebAssembly, of }",
    );
    expect(result).toMatchObject({ status: "ok", exports: { default: globals } });
  });

  it("may be none of the globals that an isolate has", async () => {
    const sandbox = await sandboxOf();
    const result = await sandbox.run("export default Object.getOwnPropertyNames(globalThis)");
    const all = result.status === "ok" ? (result.exports["default"] as string[]) : [];
    // Data of the host stands in their place.
    const found = all.filter((name) => !Object.hasOwn(webGlobals, name));
    expect(found).toContain("Array");
    expect(all.length - found.length).toBe(Object.keys(webGlobals).length);
    const ours = ["SecureExec", "console", "input"];
    expect(found.filter((name) => !languageGlobals.includes(name) && !ours.includes(name))).toEqual([]);
    for (const name of found) {
      await expect(createSandbox({ isolation: "none", globals: { [name]: 1 } })).rejects.toMatchObject({
        code: "ERR_SANDBOX_OPTION",
      });
    }
  });

  it("are refused for a function that appears after the sandbox was made, at the run", async () => {
    const globals: { [name: string]: unknown } = { limit: 1 };
    const sandbox = await sandboxOf({ globals });
    globals["limit"] = () => 1;
    await expect(sandbox.run("limit")).rejects.toMatchObject({ code: "ERR_BINDING_NOT_CLONABLE" });
  });
});
