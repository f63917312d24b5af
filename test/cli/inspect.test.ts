/** `isobind run --inspect`: a debugger that speaks the Chrome DevTools Protocol, over a WebSocket as any of them. */
import { spawn } from "node:child_process";
import { rmSync } from "node:fs";
import { once } from "node:events";
import { connect, createServer, type Socket } from "node:net";
import { join } from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { listen } from "../../src/cli/run/inspect/server.ts";
import { inspectIsolates, refuseInspector } from "../../src/runtime/engine/inspected.ts";
import { files, sharedProject, type Project } from "./project.ts";
import { isobind } from "./testing-io.ts";

const script = `import { total } from "./money.ts";
interface Row { readonly cents: number }
const rows: readonly Row[] = [{ cents: 10 }, { cents: 20 }];
let sum: number = 0;
for (const row of rows) {
  sum += row.cents;
}
console.log(SecureExec.bindings.greet("you"));
const doubled: number = await SecureExec.bindings.math.later(sum);
export default total([doubled, sum]);
`;

/** Begins with what does nothing when it is reached. */
const steps = `import type {} from "./money.ts";
interface Row { readonly cents: number }
function twice({ cents }: Row): number {
  return cents * 2;
}
const sum = twice({ cents: 10 });
try {
  throw new RangeError("caught");
} catch (error) {
  console.log(error);
}
async function later(): Promise<number> {
  await null;
  return sum;
}
const done = await later();
throw new TypeError(\`not caught \${done}\`);
`;

const money = `export function total(list: readonly number[]): number {
  let all = 0;
  for (const one of list) all += one;
  return all;
}
`;

let made: Project;
beforeAll(async () => {
  made = sharedProject({
    ...files,
    "script.ts": script,
    "money.ts": money,
    "wrong.ts":
      "const n: number = 1;\nSecureExec.bindings.math.later(n);\nSecureExec.bindings.greet(n as never);\n",
    "named.ts": "export default new Function('return 1;\\n//# sourceURL=constructor')();\n",
    "steps.ts": steps,
    "late.ts": "\nSecureExec.bindings.math.later(1);\n",
  });
  const { code, stdout } = await isobind(["generate"], { cwd: made.root });
  expect(code, stdout).toBe(0);
});

afterAll(() => rmSync(made.root, { recursive: true, force: true }));

const urlOf = (name: string): string => pathToFileURL(join(made.root, name)).href;
const hasInspector = refuseInspector() === null;

interface Message {
  readonly id?: number;
  readonly method?: string;
  readonly params: Record<string, unknown>;
  readonly result: Record<string, unknown>;
}

interface Paused {
  readonly asyncStackTrace?: {
    readonly callFrames: readonly { readonly url: string; readonly lineNumber: number }[];
  };
  readonly reason: string;
  readonly hitBreakpoints: readonly string[];
  readonly callFrames: readonly {
    readonly callFrameId: string;
    readonly functionName: string;
    readonly location: {
      readonly scriptId: string;
      readonly lineNumber: number;
      readonly columnNumber: number;
    };
  }[];
}

/** What a debugger is: questions with answers, and events in their order. */
class Debugger {
  readonly closed: Promise<string>;
  readonly #socket: WebSocket;
  readonly #answers = new Map<number, (result: Record<string, unknown>) => void>();
  readonly #events: Message[] = [];
  #awaited: (() => void) | null = null;

  private constructor(socket: WebSocket) {
    this.#socket = socket;
    this.closed = new Promise((resolve) => socket.addEventListener("close", ({ reason }) => resolve(reason)));
    socket.addEventListener("message", ({ data }) => {
      const message = JSON.parse(String(data)) as Message;
      if (message.id !== undefined) this.#answers.get(message.id)?.(message.result);
      else {
        this.#events.push(message);
        this.#awaited?.();
      }
    });
  }

  static async connect(address: string): Promise<Debugger> {
    const socket = new WebSocket(address);
    await new Promise((resolve, reject) => {
      socket.addEventListener("open", resolve);
      socket.addEventListener("error", () => reject(new Error("The address is refused.")));
    });
    return new Debugger(socket);
  }

  ask(method: string, params: object = {}): Promise<Record<string, unknown>> {
    const id = this.#answers.size + 1;
    return new Promise((resolve) => {
      this.#answers.set(id, resolve);
      this.#socket.send(JSON.stringify({ id, method, params }));
    });
  }

  /** The next event of a kind. */
  async event(method: string): Promise<Record<string, unknown>> {
    for (;;) {
      const at = this.#events.findIndex((one) => one.method === method);
      if (at >= 0) return this.#events.splice(0, at + 1).at(-1)!.params;
      await new Promise<void>((resolve) => (this.#awaited = resolve));
    }
  }

  async paused(): Promise<Paused> {
    return (await this.event("Debugger.paused")) as unknown as Paused;
  }

  async read({ callFrames }: Paused, expression: string): Promise<unknown> {
    const callFrameId = callFrames[0]?.callFrameId;
    const answer = await this.ask("Debugger.evaluateOnCallFrame", { callFrameId, expression });
    return (answer["result"] as { value?: unknown }).value;
  }

  close(): void {
    this.#socket.close();
  }
}

const lineOf = ({ callFrames }: Paused): number | undefined => callFrames[0]?.location.lineNumber;

const main = fileURLToPath(new URL("../../src/cli/main.ts", import.meta.url));

interface Ran {
  readonly code: number | null;
  readonly signal: string | null;
  readonly stdout: string;
  readonly stderr: string;
}

/** Starts a run in a process of its own, which its inspector cannot be taken out of, and waits for its address. */
async function debug(args: readonly string[], cwd = made.root) {
  const child = spawn(process.execPath, [main, "run", ...args], { cwd, stdio: ["ignore", "pipe", "pipe"] });
  const address = Promise.withResolvers<string>();
  let stdout = "";
  let stderr = "";
  child.stdout.on("data", (chunk) => (stdout += String(chunk)));
  child.stderr.on("data", (chunk) => {
    stderr += String(chunk);
    const found = /ws:\S+/u.exec(stderr);
    if (found) address.resolve(found[0]);
  });
  const ended = new Promise<Ran>((resolve) =>
    child.on("close", (code, signal) => resolve({ code, signal, stdout, stderr })),
  );
  return { ended, address: await address.promise, interrupt: () => child.kill("SIGINT") };
}

const pages = (address: string): string => address.replace("ws:", "http:").replace(/\/[^/]*$/u, "");

describe.runIf(hasInspector)("a debugger", () => {
  it("stops in the author's file at the author's lines, reads what is there, and goes on", async () => {
    const { ended, address } = await debug(["--inspect-brk=0", "script.ts"]);
    const tool = await Debugger.connect(address);
    await tool.ask("Runtime.enable");
    await tool.ask("Debugger.enable");
    const url = urlOf("script.ts");
    const first = await tool.ask("Debugger.setBreakpointByUrl", { url, lineNumber: 5 });
    const second = await tool.ask("Debugger.setBreakpointByUrl", {
      urlRegex: String.raw`.*/money\.ts$`,
      lineNumber: 3,
    });
    await tool.ask("Runtime.runIfWaitingForDebugger");

    const start = await tool.paused();
    expect(start).toMatchObject({ reason: "Break on start", hitBreakpoints: [] });
    expect(lineOf(start)).toBe(2);
    const { scriptSource } = await tool.ask("Debugger.getScriptSource", {
      scriptId: start.callFrames[0]?.location.scriptId,
    });
    expect(scriptSource).toBe(script);
    await tool.ask("Debugger.resume");

    for (const sum of [0, 10]) {
      const paused = await tool.paused();
      expect(paused.hitBreakpoints).toEqual([first["breakpointId"]]);
      expect(lineOf(paused)).toBe(5);
      expect(await tool.read(paused, "sum")).toBe(sum);
      expect(await tool.read(paused, "row.cents")).toBe(sum + 10);
      await tool.ask("Debugger.resume");
    }

    const inModule = await tool.paused();
    expect(inModule.hitBreakpoints).toEqual([second["breakpointId"]]);
    expect(
      inModule.callFrames.map(({ functionName, location }) => [functionName, location.lineNumber]),
    ).toEqual([
      ["total", 3],
      ["", 9],
    ]);
    expect(await tool.read(inModule, "all")).toBe(60);
    await tool.ask("Debugger.resume");

    expect(await ended).toMatchObject({ code: 0, stdout: "Hello, you!\ndefault = 60\n" });
    expect(await tool.closed).toBe("The script has ended.");
  });

  it("stops where a script begins to do something, steps in, over and out, and at exceptions", async () => {
    const { ended, address } = await debug(["--inspect-brk=0", "steps.ts"]);
    const tool = await Debugger.connect(address);
    await tool.ask("Debugger.enable");
    await tool.ask("Debugger.setAsyncCallStackDepth", { maxDepth: 8 });
    await tool.ask("Debugger.setPauseOnExceptions", { state: "all" });
    await tool.ask("Runtime.runIfWaitingForDebugger");
    const stack = ({ callFrames }: Paused): unknown =>
      callFrames.map(({ functionName, location }) => [functionName, location.lineNumber]);
    const after = async (method: string): Promise<unknown> => {
      void tool.ask(`Debugger.${method}`);
      return stack(await tool.paused());
    };
    expect(stack(await tool.paused())).toEqual([["", 5]]);
    expect(await after("stepInto")).toEqual([
      ["twice", 3],
      ["", 5],
    ]);
    expect(await after("stepOut")).toEqual([["", 7]]);
    void tool.ask("Debugger.resume");
    const caught = await tool.paused();
    expect([caught.reason, stack(caught)]).toEqual(["exception", [["", 7]]]);
    expect(await after("stepOver")).toEqual([["", 9]]);
    expect(await after("stepOver")).toEqual([["", 15]]);
    expect(await after("stepInto")).toEqual([
      ["later", 12],
      ["", 15],
    ]);
    void tool.ask("Debugger.stepOver");
    const later = await tool.paused();
    expect(stack(later)).toEqual([["later", 13]]);
    // Who waits for it, and nobody of ours.
    expect(later.asyncStackTrace?.callFrames.map(({ url, lineNumber }) => [url, lineNumber])).toEqual([
      [urlOf("steps.ts"), 15],
    ]);
    await tool.ask("Debugger.resume");
    const thrown = await tool.paused();
    expect([thrown.reason, stack(thrown)]).toEqual(["promiseRejection", [["", 16]]]);
    tool.close();
    expect((await ended).stderr).toContain("not caught");
  });

  it("finds a script under its URL, as long as it runs here and is asked for by a name of this machine", async () => {
    const { ended, address } = await debug(["--inspect-brk=0", "script.ts"]);
    const list: unknown = await (await fetch(`${pages(address)}/json/list`)).json();
    expect(list).toMatchObject([
      { type: "node", title: "script.ts", url: urlOf("script.ts"), webSocketDebuggerUrl: address },
    ]);
    const version = (await (await fetch(`${pages(address)}/json/version`)).json()) as Record<string, string>;
    expect(version["Browser"]).toMatch(/^isobind\/\d/u);
    expect(version["Protocol-Version"]).toBe("1.3");
    expect((await fetch(`${pages(address)}/else`)).status).toBe(404);
    expect(await withHost(address, "evil.example")).toContain("404 Not Found");
    expect(await withHost(address, "localhost")).toContain("200 OK");
    await expect(Debugger.connect(`${address}x`)).rejects.toThrow("refused");

    const tool = await Debugger.connect(address);
    await tool.ask("Runtime.enable");
    const hello = await tool.ask("Runtime.evaluate", {
      expression: "typeof process + Object.keys(SecureExec.bindings)",
    });
    expect(hello).toMatchObject({ result: { value: "undefinedmath,greet" } });
    await tool.ask("Runtime.runIfWaitingForDebugger");
    // Nobody has turned the debugger on: nothing stops.
    expect((await ended).code).toBe(0);
  });

  it("that leaves lets the script go on", async () => {
    const { ended, address } = await debug(["--inspect-brk=0", "script.ts"]);
    const tool = await Debugger.connect(address);
    await tool.ask("Debugger.enable");
    await tool.ask("Runtime.runIfWaitingForDebugger");
    await tool.paused();
    expect(await (await Debugger.connect(address)).closed).toBe("Another debugger is connected.");
    tool.close();
    expect(await ended).toMatchObject({ code: 0, stdout: "Hello, you!\ndefault = 60\n" });
  });

  it("does not keep a run alive that is interrupted, waiting or stopped", async () => {
    const waiting = await debug(["--inspect-brk=0", "script.ts"]);
    waiting.interrupt();
    const { code, stderr } = await waiting.ended;
    expect(code).toBe(1);
    expect(stderr).toContain("ERR_SANDBOX_ABORTED");

    const stopped = await debug(["--inspect-brk=0", "script.ts"]);
    const tool = await Debugger.connect(stopped.address);
    await tool.ask("Debugger.enable");
    await tool.ask("Runtime.runIfWaitingForDebugger");
    await tool.paused();
    stopped.interrupt();
    const ran = await stopped.ended;
    expect(ran.stderr).toContain("ERR_SANDBOX_ABORTED");
    // A thread at a breakpoint ends with the process alone.
    expect(ran.signal).toBe("SIGKILL");
    await tool.closed;
  });

  it("may ask for a stop before anything runs", async () => {
    const { ended, address } = await debug(["--inspect-brk=0", "script.ts"]);
    const tool = await Debugger.connect(address);
    await tool.ask("Debugger.enable");
    void tool.ask("Debugger.pause");
    await tool.ask("Runtime.runIfWaitingForDebugger");
    await tool.paused();
    tool.close();
    expect((await ended).code).toBe(0);
  });

  it("sees a mistake of the script as the command tells it, in the author's file", async () => {
    const wrong = await (await debug(["--inspect=0", "wrong.ts"])).ended;
    expect(wrong.code).toBe(1);
    expect(wrong.stderr).toMatch(/ERR_BINDING_INVALID_ARGUMENT[^]*wrong\.ts:3:21/u);
    const late = await (await debug(["--inspect=0", "late.ts"])).ended;
    expect(late.stderr).toMatch(/ERR_SCRIPT_DETACHED[^]*late\.ts:2/u);
  });

  it("hears of code that a script has evaluated under a name that every object has", async () => {
    const { ended, address } = await debug(["--inspect-brk=0", "named.ts"]);
    const tool = await Debugger.connect(address);
    await tool.ask("Debugger.enable");
    await tool.ask("Runtime.runIfWaitingForDebugger");
    await tool.paused();
    void tool.ask("Debugger.resume");
    let url: unknown;
    while (url !== "constructor") ({ url } = await tool.event("Debugger.scriptParsed"));
    expect(await ended).toMatchObject({ code: 0, stdout: "default = 1\n" });
  });

  it("that sends what is no message is let go, and the run is not", async () => {
    const { ended, address, interrupt } = await debug(["--inspect-brk=0", "script.ts"]);
    const tool = await Debugger.connect(address);
    void tool.ask("Debugger.setBlackboxPatterns", null as never);
    expect(await tool.closed).toBe("Not a message of the protocol.");
    interrupt();
    expect((await ended).stderr).toContain("ERR_SANDBOX_ABORTED");
  });

  it("that is refused neither ends the server nor keeps it", async () => {
    const server = await listen(0, { title: "a", url: "file:///a.ts", browser: "b" }, () => {});
    const refused = async (): Promise<Socket> => {
      const socket = connect({ port: Number(new URL(server.address).port), allowHalfOpen: true });
      socket.on("error", () => {});
      socket.write(
        "GET /else HTTP/1.1\r\nHost: localhost\r\nConnection: Upgrade\r\nUpgrade: websocket\r\n\r\n",
      );
      const [text] = (await once(socket, "data")) as [Buffer];
      expect(String(text)).toContain("400 Bad Request");
      return socket;
    };
    (await refused()).resetAndDestroy();
    const open = await refused();
    await server.close();
    open.destroy();
  });

  it("needs a port of its own", async () => {
    const taken = createServer();
    await new Promise<void>((resolve) => taken.listen(0, "127.0.0.1", resolve));
    const { port } = taken.address() as { port: number };
    const ran = await isobind(["run", `--inspect=${port}`, "script.ts"], { cwd: made.root });
    taken.close();
    expect(ran).toMatchObject({ code: 2, stdout: "" });
    expect(ran.stderr).toContain(`port ${port} is in use`);
    expect(ran.stderr).toContain("--inspect=0");
    // Isolates of later runs are ordinary ones.
    expect((await isobind(["run", "script.ts", "--isolation", "none"], { cwd: made.root })).code).toBe(0);
  });

  it.each([
    [["--inspect=0.0.0.0:1"], "`--inspect=0.0.0.0:1` is not a port"],
    [["--inspect=65536"], "`--inspect=65536` is not a port"],
    [["--inspect-brk=-1"], "`--inspect-brk=-1` is not a port"],
    [["--inspect", "--cpu-prof"], "`--inspect` and `--cpu-prof` do not go together"],
    [["--inspect", "--isolation", "process"], "`--inspect` needs the isolate in the process of the command"],
  ])("is refused %j", async (args, words) => {
    const ran = await isobind(["run", ...args, "script.ts"], { cwd: made.root });
    expect(ran).toMatchObject({ code: 2, stdout: "" });
    expect(ran.stderr).toContain(words);
  });
});

describe("where the engine has no inspector to give", () => {
  it.each([
    ["22.18.0", null],
    ["24.21.0", null],
    ["26.0.0", "would end the process on Node 26.0.0"],
    ["27.1.2", "would end the process on Node 27.1.2"],
  ])("on Node %s", (version, words) => {
    expect(refuseInspector(version)).toEqual(words === null ? null : expect.stringContaining(words));
  });

  describe("on Node 26", () => {
    const { node } = process.versions;
    beforeAll(() => Object.defineProperty(process.versions, "node", { value: "26.0.0" }));
    afterAll(() => Object.defineProperty(process.versions, "node", { value: node }));

    it.each(["--inspect", "--inspect-brk"])(
      "%s is refused by name, before an isolate is made",
      async (flag) => {
        const ran = await isobind(["run", flag, "script.ts"], { cwd: made.root });
        expect(ran).toMatchObject({ code: 2, stdout: "" });
        expect(ran.stderr).toContain(
          `\`${flag}\` is refused: the inspector of isolated-vm would end the process on Node 26`,
        );
        expect(ran.stderr).toContain("--cpu-prof");
        expect(() => inspectIsolates(() => Promise.resolve())).toThrow("would end the process");
      },
    );
  });
});

/** A request with a name of the machine in it, as a page elsewhere could have its own lead here. */
async function withHost(address: string, host: string): Promise<string> {
  const { port } = new URL(address);
  const socket = connect(Number(port), "127.0.0.1");
  socket.end(`GET /json/list HTTP/1.1\r\nHost: ${host}:${port}\r\nConnection: close\r\n\r\n`);
  let text = "";
  for await (const chunk of socket) text += String(chunk);
  return text;
}
