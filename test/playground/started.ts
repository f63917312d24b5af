/** A playground of a project in a temporary folder, started as a person starts it. */
import { spawn } from "node:child_process";
import { mkdirSync, mkdtempSync, realpathSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";

const root = fileURLToPath(new URL("../..", import.meta.url));

export interface Started {
  /** With the token. */
  readonly url: string;
  /** Of the project. */
  readonly folder: string;
  write(name: string, text: string): void;
  /** The command is ended, and typed again. */
  restart(): Promise<void>;
  /** The command is ended; with `SIGKILL` it can do nothing any more. */
  halt(signal?: NodeJS.Signals): Promise<void>;
  stop(): Promise<void>;
}

export const definition = `import { defineBindings } from "isobind";

let waiting: (() => void) | null = null;

export interface Order {
  id: number;
  customer: string;
  placed: Date;
}

export interface Scripts {
  /** What a report is made of. */
  report: { input: { customer: string; since: Date; state?: "open" | "paid" } };
}

export default defineBindings({
  /**
   * Greets someone by name.
   *
   * @example
   * console.log(greet("Ada"));
   */
  greet: (name: string) => \`Hello, \${name}!\`,
  orders: {
    /** The orders of a customer. */
    find: async (customer: string): Promise<Order[]> => [{ id: 7, customer, placed: new Date(0) }],
    /** @profile pro */
    remove: async (id: number): Promise<boolean> => id > 0,
    /**
     * Pays an order.
     *
     * @approval
     */
    pay: (id: number): string => \`paid \${id}\`,
    fail: async (): Promise<void> => {
      throw new RangeError("no such order");
    },
  },
  /** Comes back when two have come. */
  meet: (): Promise<string> =>
    new Promise((resolve) => {
      if (waiting === null) {
        waiting = () => resolve("first");
        return;
      }
      waiting();
      waiting = null;
      resolve("second");
    }),
});
`;

const first = `const { greet } = SecureExec.bindings;
console.log(greet("Ada"));
export default { total: 12n };
`;

export async function startPlayground(
  flags: readonly string[] = [],
  bindings = definition,
): Promise<Started> {
  const folder = realpathSync(mkdtempSync(join(tmpdir(), "isobind-playground-")));
  const write = (name: string, text: string): void => {
    mkdirSync(dirname(join(folder, name)), { recursive: true });
    writeFileSync(join(folder, name), text);
  };
  mkdirSync(join(folder, "node_modules"));
  symlinkSync(root, join(folder, "node_modules/isobind"));
  write("package.json", `{ "name": "sample", "type": "module" }\n`);
  write(
    "bindings.config.ts",
    `export default { definition: "./bindings.ts", profiles: ["basic", "pro"] };\n`,
  );
  write("bindings.ts", bindings);
  write("scripts/first.ts", first);
  let running = await begin(folder, flags);
  return {
    get url() {
      return running.url;
    },
    folder,
    write,
    async restart() {
      await running.end();
      running = await begin(folder, flags);
    },
    halt: (signal) => running.end(signal),
    async stop() {
      await running.end();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

async function begin(
  folder: string,
  flags: readonly string[],
): Promise<{ readonly url: string; end(signal?: NodeJS.Signals): Promise<void> }> {
  const program = join(root, "dist/cli/main.js");
  const child = spawn(process.execPath, [program, "playground", ...flags], { cwd: folder });
  let said = "";
  const url = await new Promise<string>((resolve, reject) => {
    child.stdout.setEncoding("utf8").on("data", (text: string) => {
      said += text;
      if (said.includes("\n")) resolve(said.trim());
    });
    child.stderr.setEncoding("utf8").on("data", (text: string) => (said += text));
    child.on("exit", (code) => reject(new Error(`The playground has ended with ${code}: ${said}`)));
  });
  return {
    url,
    end: (signal = "SIGINT") =>
      new Promise((resolve) => {
        if (child.exitCode !== null || child.signalCode !== null) return resolve();
        child.on("exit", () => resolve());
        child.kill(signal);
      }),
  };
}
