/** What a terminal shows of `generate`, of a finding in a script, and of `diff`, in a small project that is made for it. */
import { cpSync, mkdirSync, mkdtempSync, realpathSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { Readable } from "node:stream";
import { fileURLToPath } from "node:url";
import type { Io } from "../../src/cli/io.ts";
import { terminalSvg } from "./svg.ts";

const root = fileURLToPath(new URL("../..", import.meta.url));
const columns = 112;

const definition = `export interface Order {
  id: string;
  /** In cents. */
  total: number;
  placed: Date;
}

export interface Bindings {
  orders: {
    /** One order by its id. */
    find(id: string): Promise<Order | null>;
    /** The newest first. */
    list(filter: { customer: string }): Promise<Order[]>;
  };
  greet(name: string): string;
}
`;

const script = `const { orders } = SecureExec.bindings;
const order = await orders.fnd("a7");
export default order;
`;

/** `cli`: of the sources or of the build. */
export async function terminalPicture(
  cli: (argv: readonly string[], io: Io) => Promise<number>,
): Promise<string> {
  const folder = realpathSync(mkdtempSync(join(tmpdir(), "isobind-picture-")));
  try {
    const write = (name: string, text: string): void => {
      mkdirSync(dirname(join(folder, name)), { recursive: true });
      writeFileSync(join(folder, name), text);
    };
    mkdirSync(join(folder, "node_modules"));
    symlinkSync(root, join(folder, "node_modules/isobind"));
    write("package.json", `{ "name": "shop", "type": "module" }\n`);
    write("bindings.config.ts", `export default { definition: "./bindings.ts" };\n`);
    write("bindings.ts", definition);
    write("scripts/report.ts", script);
    let shown = "";
    const type = async (line: string): Promise<void> => {
      shown += `${shown === "" ? "" : "\n"}\u001b[34m$\u001b[39m \u001b[1misobind ${line}\u001b[22m\n`;
      await cli(
        line.split(" "),
        ioOf(folder, (text) => (shown += text)),
      );
    };
    await type("generate");
    await type("typecheck scripts");
    cpSync(join(folder, "generated/contract.json"), join(folder, "v1.json"));
    write("bindings.ts", definition.replace("find(id: string)", "find(id: string, year: number)"));
    await type("diff --against v1.json");
    return terminalSvg(shown, columns);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

function ioOf(cwd: string, print: (text: string) => void): Io {
  const out = { isTTY: true, columns, write: print };
  return {
    cwd,
    env: {},
    stdin: Readable.from([]),
    stdout: out,
    // Progress is gone at the end.
    stderr: { isTTY: false, write: () => {} },
    interrupt: () => new AbortController().signal,
  } as unknown as Io;
}
