/** Prints what `isobind run` gave: lines as they come for people, one object at the end for programs. */
import { inspect } from "node:util";
import { describeError } from "../../runtime/explain/format-error.ts";
import type { Registry } from "../../model/registry.ts";
import type { Wait } from "../../runtime/index.ts";
import type { ConsoleLevel, GuestError } from "../../runtime/seam.ts";
import { colors, colorsOf } from "../color.ts";
import { wantsColor } from "../wants-color.ts";
import type { Io } from "../io.ts";
import { toJsonForm } from "../../json-form/index.ts";
import { guestJson, guestText } from "./guest-text.ts";

/** What a run gave, as far as printing needs it. */
export interface Outcome {
  readonly status: string;
  readonly exports?: unknown;
  readonly error?: GuestError;
  /** Of a run that is suspended. */
  readonly waits?: readonly Wait[];
  readonly stats: object;
}

export interface Reporter {
  console(level: ConsoleLevel, text: string): void;
  end(outcome: Outcome): void;
}

/** One JSON object on stdout; every key is always there. */
export function jsonReporter(io: Io): Reporter {
  const lines: { level: ConsoleLevel; text: string }[] = [];
  return {
    console: (level, text) => void lines.push({ level, text }),
    end: ({ status, exports, error, waits, stats }) => {
      const report = {
        status,
        exports: status === "ok" ? toJsonForm({ ...(exports as object) }) : null,
        error: error === undefined ? null : jsonError(error),
        console: lines,
        ...(waits !== undefined && { waits: waits.map(jsonWait) }),
        stats,
      };
      io.stdout.write(`${guestJson(JSON.stringify(report, null, 2))}\n`);
    },
  };
}

function jsonWait({ call, path, for: what, arguments: args, reason }: Wait): object {
  return { call, path, for: what, arguments: toJsonForm(args), reason: toJsonForm(reason) };
}

function jsonError(error: GuestError): object {
  return {
    name: error.name,
    message: error.message,
    code: error.code ?? null,
    stack: error.stack,
    ...(error.cause === undefined ? {} : { cause: jsonError(error.cause) }),
    ...(error.errors === undefined ? {} : { errors: error.errors.map(jsonError) }),
  };
}

interface TextOptions {
  /** The file's name as typed, and its text, for the code frame. */
  readonly script: string;
  readonly source: string;
  /** Texts of what the script imports, by the names that stacks have. */
  readonly modules: Readonly<Record<string, string>>;
  /** Knows which calls give promises. */
  readonly registry: Registry;
}

/** Console as it happens (warnings and errors on stderr), then the exports, or the error with its place. */
export function textReporter(io: Io, options: TextOptions): Reporter {
  const isColored = wantsColor(io.stdout, io.env);
  const out = colors(isColored);
  const err = colorsOf(io.stderr, io.env);
  return {
    console(level, printed) {
      const text = guestText(printed, io.env);
      if (level === "error") io.stderr.write(`${err.red(text)}\n`);
      else if (level === "warn") io.stderr.write(`${err.yellow(text)}\n`);
      else io.stdout.write(`${level === "debug" ? out.dim(text) : text}\n`);
    },
    end({ status, exports, error, waits = [] }) {
      if (status === "ok") {
        for (const [name, value] of Object.entries(exports as object)) {
          io.stdout.write(`${out.bold(guestText(name, io.env))} = ${shown(value, isColored, io.env)}\n`);
        }
        return;
      }
      const told = readable(error ?? { name: status, message: "", stack: "" }, io.env);
      const kind = status === "error" ? told.name : status;
      const { script: filename, source, modules, registry } = options;
      io.stderr.write(`${describeError(told, kind, { filename, source, modules, registry }, err)}\n`);
      for (const wait of waits) io.stderr.write(`  ${waitText(wait, io.env)}\n`);
    },
  };
}

/** `pay("Ada", 500) waits for approval` */
function waitText({ path, arguments: args, for: what, reason }: Wait, env: Io["env"]): string {
  const given = args.map((value) =>
    inspect(value, { depth: 2, breakLength: Infinity, maxStringLength: 200 }),
  );
  const forWhat = what === "approval" ? "approval" : inspect(reason, { depth: 2, breakLength: Infinity });
  return guestText(`${path.join(".")}(${given.join(", ")}) waits for ${forWhat}`, env);
}

/** Strings are quoted and escaped by `inspect`; the stack of an error is not, and then colours are less than safety. */
function shown(value: unknown, isColored: boolean, env: Io["env"]): string {
  const options = { depth: 8, breakLength: 100 };
  const plain = inspect(value, options);
  const safe = guestText(plain, env);
  return isColored && safe === plain ? inspect(value, { ...options, colors: true }) : safe;
}

/** The error with every text of the script made harmless. */
function readable({ name, message, code, stack, cause, errors }: GuestError, env: Io["env"]): GuestError {
  return {
    name: guestText(name, env),
    message: guestText(message, env),
    ...(code === undefined ? {} : { code: guestText(code, env) }),
    stack: guestText(stack, env),
    ...(cause === undefined ? {} : { cause: readable(cause, env) }),
    ...(errors === undefined ? {} : { errors: errors.map((inner) => readable(inner, env)) }),
  };
}
