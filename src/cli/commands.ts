/**
 * Lists every command by name, in the order of `isobind --help`. A command's file is loaded only when that command is asked
 * for.
 */
import type { Command } from "commander";
import type { ExitCode } from "./exit.ts";
import type { Io } from "./io.ts";

/** What a file in `commands/` exports. */
export interface CliCommand {
  /** Adds arguments, options and the text behind the help. */
  define(command: Command): void;
  /** Runs after parsing; reads `command.args` and `command.opts()`. */
  run(io: Io, command: Command): Promise<ExitCode>;
}

export interface CommandEntry {
  readonly summary: string;
  readonly load: () => Promise<CliCommand>;
}

export const commands: Readonly<Record<string, CommandEntry>> = {
  init: {
    summary: "set up a project: config, definition, first script, tsconfig for scripts",
    load: () => import("./commands/init.ts"),
  },
  generate: {
    summary: "write the registry, the declaration and contract.json",
    load: () => import("./commands/generate.ts"),
  },
  check: {
    summary: "check the definition's rules and that the output is current; write nothing",
    load: () => import("./commands/check.ts"),
  },
  diff: {
    summary: "classify what changed since a git ref, a contract.json or a published package",
    load: () => import("./commands/diff.ts"),
  },
  typecheck: {
    summary: "type-check scripts against the declaration, with nothing of the DOM or Node",
    load: () => import("./commands/typecheck.ts"),
  },
  run: {
    summary: "run one script in a sandbox with the generated registry",
    load: () => import("./commands/run.ts"),
  },
  import: {
    summary: "write a definition of tools that exist elsewhere: MCP, OpenAPI, AI SDK, JSON Schemas",
    load: () => import("./commands/import.ts"),
  },
  playground: {
    summary: "open a local page where scripts are written and run",
    load: () => import("./commands/playground.ts"),
  },
  docs: {
    summary: "write a reference of the bindings, as Markdown or as one HTML file",
    load: () => import("./commands/docs.ts"),
  },
  prompt: {
    summary: "print the API as compact TypeScript for a language model, within a budget of tokens",
    load: () => import("./commands/prompt.ts"),
  },
  pack: {
    summary: "write an npm package for the people who write scripts: types, mocks, reference",
    load: () => import("./commands/pack.ts"),
  },
  mcp: {
    summary: "serve the bindings to language models, as an MCP server over stdio or HTTP",
    load: () => import("./commands/mcp.ts"),
  },
  explain: {
    summary: "print the page of a diagnostic or error code",
    load: () => import("./commands/explain.ts"),
  },
  doctor: {
    summary: "look for what is wrong with this installation and project",
    load: () => import("./commands/doctor.ts"),
  },
  worker: {
    summary: "take scripts from a queue and run them with the generated registry, until it is told to end",
    load: () => import("./commands/worker.ts"),
  },
};
