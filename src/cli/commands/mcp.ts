/** `isobind mcp`: the project's bindings as an MCP server, over stdio or HTTP. */
import { existsSync } from "node:fs";
import { timingSafeEqual, createHash } from "node:crypto";
import { join, resolve } from "node:path";
import type { Writable } from "node:stream";
import type { Command } from "commander";
import type { McpOptions } from "../../mcp/index.ts";
import { UsageError, type ExitCode } from "../exit.ts";
import type { Io } from "../io.ts";
import { httpWords, stdioWords, type ServedFlags } from "../mcp/words.ts";
import { examples } from "../examples.ts";
import { collect, profileOption, projectOptions, type ProjectFlags } from "../options.ts";
import { outputFolder, pickContract, resolveProject } from "../project.ts";
import { readGlobals } from "../run/globals.ts";
import { parseLimits } from "../run/limits.ts";
import { loadRegistry } from "../run/registry.ts";
import { asUsageError } from "../run/refused.ts";

interface McpFlags extends ProjectFlags {
  readonly http?: boolean;
  readonly port: string;
  readonly host: string;
  readonly allowHost?: readonly string[];
  readonly allowOrigin?: readonly string[];
  readonly registry?: string;
  readonly profile?: string;
  readonly from?: string;
  readonly budget: string;
  readonly globals?: string;
  readonly limits?: readonly string[];
}

/** In the environment, because arguments of processes can be read by others. */
const tokenName = "ISOBIND_MCP_TOKEN";

export function define(command: Command): void {
  profileOption(projectOptions(command))
    .option("--http", "serve Streamable HTTP at /mcp instead of stdio")
    .option("--port <number>", "with --http, the port; 0 takes a free one", "3000")
    .option("--host <address>", "with --http, the address to listen at", "127.0.0.1")
    .option(
      "--allow-host <name>",
      "with --http, a name under which it may be asked (again for more)",
      collect,
    )
    .option("--allow-origin <name>", "with --http, a site whose pages may ask it (again for more)", collect)
    .option("--registry <module>", "a module that exports a registry (default: the generated registry.ts)")
    .option("--from <file>", "the contract to show (default: the generated contract.json)")
    .option("--budget <tokens>", "the most tokens of the API in the description of the tool", "2000")
    .option("--globals <json>", "the globals that the host gives, by name, as JSON or @file")
    .option("--limits <list>", "limits of a run, for example wallMs=500,memoryMb=64", collect);
  examples(
    command,
    [
      ["isobind mcp", "for a client that starts it: standard input and output"],
      ["isobind mcp --profile pro", "with what the scripts of a profile may call"],
      ["isobind mcp --http --port 3000", "for clients on this machine: http://127.0.0.1:3000/mcp"],
    ],
    `Tools: run_script, search_api, describe_api. Needs the package \`@modelcontextprotocol/server\`.
${tokenName}=… asks HTTP clients for that bearer token; another --host than this machine needs it, and --allow-host.`,
  );
}

export async function run(io: Io, command: Command): Promise<ExitCode> {
  const flags = command.opts<McpFlags>();
  const limits = parseLimits(flags.limits ?? []);
  const promptTokens = wholeNumber("budget", flags.budget, 1);
  const port = wholeNumber("port", flags.port, 0);
  if (port > 65_535)
    throw new UsageError(`\`--port ${flags.port}\` is not a port.`, "For example `--port 3000`.");
  refuseUnused(
    flags,
    ["port", "host", "allow-host", "allow-origin"].filter((name) => isGiven(command, name)),
  );
  if (flags.globals === "-")
    throw new UsageError("`--globals -` would read what the client says.", "Write `--globals @file.json`.");
  // Modules of the host may print when they are loaded, and standard output is the client's.
  const stdout = flags.http === true ? null : io.ownStdout();
  const { registry, declaration } = await loadRegistry(io, flags);
  const contract = await contractFile(io, flags);
  const globals = await readGlobals(io, flags, registry);
  const options: McpOptions = {
    registry,
    limits,
    promptTokens,
    ...(globals !== undefined && { globals }),
    ...(contract !== null && { contract }),
    ...(declaration !== null && { declaration }),
    onFault: (error) =>
      void io.stderr.write(`error: ${error instanceof Error ? error.message : String(error)}\n`),
  };
  const { budget, ...others } = flags;
  const told: ServedFlags = isGiven(command, "budget") ? { ...others, budget } : others;
  try {
    if (stdout !== null) return await stdio(io, options, stdout, told);
    return await http(io, flags, options, port, told);
  } catch (error) {
    throw asMistake(error, flags);
  }
}

/** What the person who starts the server can mend, in words. */
function asMistake(error: unknown, { host, port }: McpFlags): unknown {
  if (!(error instanceof Error)) return error;
  if (error.name === "PromptError")
    return new UsageError(
      error.message,
      "Say more with `--budget`, or name a `contract.json` with `--from`.",
    );
  const { code, syscall = "" } = error as NodeJS.ErrnoException;
  if (code === "EADDRINUSE")
    return new UsageError(
      `port ${port} is taken.`,
      "Name another with `--port`; `--port 0` takes a free one.",
    );
  if (error.message.startsWith("host: at "))
    return new UsageError(
      `at \`${host}\` others than this machine can ask for scripts to be run.`,
      `Say who may with a bearer token in the variable ${tokenName}, and under which names with \`--allow-host\`.`,
    );
  if (["listen", "getaddrinfo"].includes(syscall))
    return new UsageError(
      `the server cannot listen at \`${host}\`, port ${port}: ${code}.`,
      "Name an address of this machine with `--host`, and a port from 1024 on with `--port`.",
    );
  return asUsageError(error);
}

async function stdio(io: Io, options: McpOptions, stdout: Writable, told: ServedFlags): Promise<ExitCode> {
  const { serveStdio } = await import("../../mcp/index.ts");
  const server = await serveStdio(options, { stdin: io.stdin, stdout });
  if (io.stdin.isTTY === true) io.stderr.write(stdioWords(io.cwd, told, options.registry.leaves.length));
  io.interrupt().addEventListener("abort", () => void server.close());
  await server.closed;
  return 0;
}

async function http(
  io: Io,
  flags: McpFlags,
  options: McpOptions,
  port: number,
  told: ServedFlags,
): Promise<ExitCode> {
  const { serveHttp } = await import("../../mcp/index.ts");
  const { host, allowHost, allowOrigin } = flags;
  const token = io.env[tokenName];
  const server = await serveHttp({
    ...options,
    port,
    host,
    ...(allowHost && { allowedHosts: allowHost }),
    ...(allowOrigin && { allowedOrigins: allowOrigin }),
    ...(token !== undefined && token !== "" && { authenticate: bearer(token) }),
  });
  io.stderr.write(`MCP server at ${server.url}\n`);
  const about = { url: server.url, hasToken: token !== undefined && token !== "" };
  if (io.stderr.isTTY === true)
    io.stderr.write(httpWords(io.cwd, told, options.registry.leaves.length, about));
  const interrupted = io.interrupt();
  await new Promise<void>((resolve) => {
    if (interrupted.aborted) resolve();
    else interrupted.addEventListener("abort", () => resolve(), { once: true });
  });
  await server.close();
  return 0;
}

function bearer(
  token: string,
): (request: Request) => Response | { token: string; clientId: string; scopes: [] } {
  // Of one length, so that how long it takes says nothing of how much was right.
  const digest = (text: string): Buffer => createHash("sha256").update(text).digest();
  const expected = digest(`Bearer ${token}`);
  return (request) =>
    timingSafeEqual(digest(request.headers.get("authorization") ?? ""), expected)
      ? { token, clientId: "token", scopes: [] }
      : new Response("Unauthorized", { status: 401, headers: { "www-authenticate": "Bearer" } });
}

async function contractFile(io: Io, flags: McpFlags): Promise<string | null> {
  if (flags.from !== undefined) return resolve(io.cwd, flags.from);
  if (flags.registry !== undefined && flags.config === undefined) {
    const { loadConfig } = await import("../../config/load/load.ts");
    const { config } = await loadConfig({ cwd: io.cwd });
    if (config === null) return null;
  }
  const contract = pickContract(await resolveProject(io, flags), flags.contract);
  const file = join(outputFolder(contract, flags.profile), "contract.json");
  return existsSync(file) ? file : null;
}

function isGiven(command: Command, name: string): boolean {
  const key = name.replace(/-(.)/u, (_, letter: string) => letter.toUpperCase());
  return command.getOptionValueSource(key) === "cli";
}

function refuseUnused(flags: McpFlags, given: readonly string[]): void {
  if (flags.http === true || given.length === 0) return;
  throw new UsageError(`\`--${given[0]}\` is for HTTP.`, "Add `--http`.");
}

function wholeNumber(name: string, text: string, least: number): number {
  const number = Number(text.replaceAll("_", ""));
  if (text !== "" && Number.isSafeInteger(number) && number >= least) return number;
  throw new UsageError(
    `\`--${name} ${text}\` is no whole number of at least ${least}.`,
    `Write one: \`--${name} ${least}\`.`,
  );
}
