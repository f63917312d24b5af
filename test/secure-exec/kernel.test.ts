/** `createNodeRuntime` in a kernel: the other way through which users of secure-exec 0.2.1 pass `bindings`. */
import { afterEach, describe, expect, it } from "vitest";
import {
  createInMemoryFileSystem,
  createKernel,
  createNodeRuntime,
  type Kernel,
  type KernelNodeRuntimeOptions,
} from "../../src/secure-exec/index.ts";

const open: Kernel[] = [];
afterEach(() => Promise.all(open.splice(0).map((kernel) => kernel.dispose())));

async function kernelWith(options: KernelNodeRuntimeOptions = {}): Promise<Kernel> {
  const kernel = createKernel({ filesystem: createInMemoryFileSystem(), cwd: "/app" });
  open.push(kernel);
  await kernel.mount(createNodeRuntime({ isolation: "none", ...options }));
  return kernel;
}

interface Ended {
  readonly code: number;
  readonly stdout: string;
  readonly stderr: string;
}

async function node(kernel: Kernel, args: string[], cwd?: string): Promise<Ended> {
  let stdout = "";
  let stderr = "";
  const script = kernel.spawn("node", args, {
    ...(cwd === undefined ? {} : { cwd }),
    onStdout: (bytes) => (stdout += Buffer.from(bytes).toString()),
    onStderr: (bytes) => (stderr += Buffer.from(bytes).toString()),
  });
  expect(script.exitCode).toBe(null);
  const code = await script.wait();
  expect(script.exitCode).toBe(code);
  return { code, stdout, stderr };
}

const unsupported = (words: string): Error =>
  expect.objectContaining({
    code: "ERR_SECURE_EXEC_UNSUPPORTED",
    message: expect.stringContaining(words) as string,
  }) as Error;

describe("a kernel with createNodeRuntime", () => {
  it("runs code against bindings, and prints to the right stream", async () => {
    const kernel = await kernelWith({ bindings: { add: (a: number, b: number) => a + b } });
    const code = "console.log('ü', SecureExec.bindings.add(1, 2)); console.error('e')";
    expect(await node(kernel, ["-e", code])).toEqual({ code: 0, stdout: "ü 3\n", stderr: "e\n" });
  });

  it("runs a file of its own, by a path from the working folder", async () => {
    const kernel = await kernelWith({ bindings: { name: () => "Ada" } });
    await kernel.writeFile(
      "/app/src/main.ts",
      "const who: string = SecureExec.bindings.name(); console.log(who)",
    );
    const ada = { code: 0, stdout: "Ada\n", stderr: "" };
    expect(await node(kernel, ["src/main.ts"])).toEqual(ada);
    expect(await node(kernel, ["./main.ts"], "/app/src")).toEqual(ada);
    expect(await node(kernel, ["/app/src/main.ts"], "/elsewhere")).toEqual(ada);
    expect(await node(kernel, ["main.ts"])).toEqual({
      code: 1,
      stdout: "",
      stderr: `node: there is no file "/app/main.ts" in the kernel's filesystem.\n`,
    });
  });

  it("says why a script failed, and holds its limits", async () => {
    expect(await node(await kernelWith({}), ["-e", "throw new TypeError('boom')"])).toEqual({
      code: 1,
      stdout: "",
      stderr: "TypeError: boom\n",
    });
    const limited = await kernelWith({ cpuTimeLimitMs: 100 });
    expect(await node(limited, ["-e", "for (;;);"])).toMatchObject({
      code: 124,
      stderr: "CPU time limit exceeded\n",
    });
  });

  it("ends a process that is killed with 128 and the signal", async () => {
    let isCalled = (): void => {};
    const called = new Promise<void>((resolve) => (isCalled = resolve));
    const kernel = await kernelWith({
      bindings: {
        hold: () => {
          isCalled();
          return new Promise<never>(() => {});
        },
      },
    });
    const script = kernel.spawn("node", ["-e", "await SecureExec.bindings.hold()"]);
    await called;
    script.kill();
    expect(await script.wait()).toBe(143);
  });

  it("keeps files, and says which is missing", async () => {
    const kernel = await kernelWith();
    const bytes = new Uint8Array([1, 2]);
    await kernel.writeFile("a", bytes);
    bytes[0] = 9;
    expect(await kernel.readFile("/a")).toEqual(new Uint8Array([1, 2]));
    await kernel.removeFile("/a");
    expect(await kernel.exists("/a")).toBe(false);
    await expect(kernel.readFile("/a")).rejects.toMatchObject({ code: "ENOENT" });
    await expect(kernel.removeFile("/a")).rejects.toMatchObject({ code: "ENOENT" });
  });

  it("refuses everything once it is disposed", async () => {
    const kernel = await kernelWith();
    await kernel.dispose();
    expect(() => kernel.spawn("node", ["-e", "1"])).toThrow(
      expect.objectContaining({ code: "ERR_SANDBOX_DISPOSED" }) as Error,
    );
  });
});

describe("what a kernel does not offer", () => {
  it.each(["permissions", "env", "maxProcesses", "hostNetworkAdapter", "logger", "mounts"])(
    "createKernel refuses %s by name",
    (name) => {
      expect(() => createKernel({ [name]: {} })).toThrow(unsupported(`\`${name}\` is not supported`));
    },
  );

  it.each(["permissions", "moduleAccessPaths", "moduleAccessCwd", "packageRoots", "loopbackExemptPorts"])(
    "createNodeRuntime refuses %s by name",
    (name) => {
      expect(() => createNodeRuntime({ [name]: [] })).toThrow(unsupported(`\`${name}\` is not supported`));
    },
  );

  it("judges bindings and options where they are given", () => {
    expect(() => createNodeRuntime({ bindings: { _private: () => 1 } })).toThrow(
      expect.objectContaining({ code: "ERR_REGISTRY_INVALID" }) as Error,
    );
    expect(() => createNodeRuntime({ binding: {} } as object)).toThrow("Did you mean `bindings`?");
  });

  it.each([
    ["sh", ["-c", "ls"], "`sh` is not supported"],
    ["node", [], "write `node -e <code>` or `node <file>`"],
    ["node", ["-e"], "write `node -e <code>` or `node <file>`"],
    ["node", ["--inspect", "a.js"], "`node --inspect` is not supported"],
    ["node", ["a.js", "--flag"], "`process.argv`"],
  ])("spawn refuses %s %j", async (command, args, words) => {
    const kernel = await kernelWith();
    expect(() => kernel.spawn(command, args)).toThrow(unsupported(words));
  });

  it.each(["env", "stdin", "streamStdin", "stdio", "timeout"])("spawn refuses %s by name", async (name) => {
    const kernel = await kernelWith();
    expect(() => kernel.spawn("node", ["-e", "1"], { [name]: "x" })).toThrow(unsupported(`\`${name}\``));
  });

  it("has no shell, and says what to mount", () => {
    const kernel = createKernel();
    expect(() => kernel.exec("node -e 1")).toThrow(unsupported("there is no shell"));
    expect(() => kernel.spawn("node", ["-e", "1"])).toThrow(unsupported("nothing is mounted"));
  });
});
