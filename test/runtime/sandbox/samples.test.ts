import { execFile, spawn } from "node:child_process";
import { once } from "node:events";
import { readFile } from "node:fs/promises";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import { describe, expect, it, onTestFinished } from "vitest";

const run = promisify(execFile);

/** As the page shows it. */
const formatted = `error TypeError [ERR_BINDING_NOT_CLONABLE]: export default: a function cannot cross
  hello.ts:2:1
  2 | export default () => greet("Ada");
    | ^^^^^^
  help: Call it and export what it gives, or do not export it.
  help: \`isobind explain ERR_BINDING_NOT_CLONABLE\`
`;

const checked = `1:21 \`SecureExec.bindings\` has no \`grete\`. Did you mean \`greet\`? (TS2551) It has \`db\`, \`cache\`, \`queue\`, \`greet\`, \`wait\`, \`echo\`.
1:27 Argument of type 'number' is not assignable to parameter of type 'string'. (TS2345) It is called as \`greet(name: string): string\`.
`;

const checkedModule = "greeting.ts:1 `nam` is not defined. Did you mean `name`? (TS2552)\n";

describe("samples of the documentation", () => {
  it.each([
    ["run-a-script", "Hello, Ada! 1\n"],
    ["call-context", "patient\n"],
    ["run-context", "ada ada\nbob bob\n"],
    [
      "journal",
      "price order 7\n{ order: 'order 7', waitsFor: 'a signature' }\n[ 500, 'order 7, signed by Ada' ]\n",
    ],
    ["modules", '12\n12\nreport.ts:2:25: There is no module "./lib/money.ts".\n'],
    ["coming-from-secure-exec", "0 Hello, Ada!\n"],
    ["format-error", formatted],
    ["check-scripts", checked],
    ["check-modules", checkedModule],
    ["secure-exec-drivers", "Hello, Ada!\nHello, Alan!\n0\n"],
  ])("%s prints what it says, and ends", async (name, printed) => {
    const file = fileURLToPath(new URL(`../../../docs/samples/${name}.ts`, import.meta.url));
    const { stdout } = await run(process.execPath, ["--no-warnings", file], { timeout: 100_000 });
    expect(stdout).toBe(printed);
  });

  it("hot-reload ends the sandbox of the module that was loaded before", async () => {
    const module = new URL("../../../docs/samples/hot-reload.ts", import.meta.url).href;
    const program = `
      const { sandbox: before } = await import("${module}");
      const { sandbox } = await import("${module}?again");
      const { status } = await sandbox.run("SecureExec.bindings.greet('Ada')");
      console.log(status, await before.run("1").catch(({ code }) => code));
      await sandbox.close();`;
    const { stdout } = await run(process.execPath, ["--no-warnings", "--input-type=module", "-e", program]);
    expect(stdout).toBe("ok ERR_SANDBOX_DISPOSED\n");
  });

  it("declaration-text prints the declaration", async () => {
    const file = fileURLToPath(new URL("../../../docs/samples/declaration-text.ts", import.meta.url));
    const declaration = new URL("../../../fixtures/quickstart/generated/secure-exec.d.ts", import.meta.url);
    const { stdout } = await run(process.execPath, ["--no-warnings", file]);
    expect(stdout.trim()).toBe((await readFile(declaration, "utf8")).trim());
  });

  it("serve-scripts answers, refuses what is too much, and closes when it is asked to", async () => {
    const file = fileURLToPath(new URL("../../../docs/samples/serve-scripts.ts", import.meta.url));
    const server = spawn(process.execPath, ["--no-warnings", file], {
      stdio: ["ignore", "pipe", "inherit"],
    });
    onTestFinished(() => void server.kill("SIGKILL"));
    let said = "";
    server.stdout.on("data", (chunk: Buffer) => (said += chunk.toString()));
    while (!said.includes("port:")) await once(server.stdout, "data");
    const at = `http://localhost:${/port: (\d+)/.exec(said)?.[1]}`;
    expect(await (await fetch(`${at}/health`)).json()).toMatchObject({ busy: 0, waiting: 0, runs: 0 });
    const answers = await Promise.all(
      Array.from({ length: 60 }, async () => {
        const answer = await fetch(at);
        return [answer.status, await answer.json()] as const;
      }),
    );
    for (const [status, body] of answers) {
      if (status === 200) expect(body).toEqual({ currency: "EUR", rate: 1.1 });
      else expect([status, body]).toEqual([503, "ERR_SANDBOX_BUSY"]);
    }
    // How many it could take was a matter of speed; once nobody else asks, it answers.
    let answer = await fetch(at);
    while (answer.status === 503) answer = await fetch(at);
    expect([answer.status, await answer.json()]).toEqual([200, { currency: "EUR", rate: 1.1 }]);
    server.kill("SIGTERM");
    expect(await once(server, "close")).toEqual([0, null]);
    expect(said).toContain("closed");
  });
});
