/**
 * Checks that an evaluated config has the shape of `Config`, key by key, by hand: a config is the first thing a new user
 * writes, so each mistake is named with its key and a way out. Pure.
 */
import { engineNames } from "../engines.ts";
import { isPackageName } from "../../model/package-name.ts";
import { maxDepth, maxLeaves } from "../../model/limits.ts";
import { isProfileName } from "../../model/profile.ts";
import { didYouMean } from "../../model/suggest.ts";

/** One mistake: the way to its key, and words. */
export interface Mistake {
  readonly path: readonly (string | number)[];
  readonly message: string;
  readonly help: string;
}

type Path = Mistake["path"];
type Check = (value: unknown, path: Path) => readonly Mistake[];

/** Everything that keeps `value` from being a `Config`; empty when it is one. */
export function validateConfig(value: unknown): readonly Mistake[] {
  if (!isRecord(value)) {
    const message =
      value === undefined
        ? "The config has no default export."
        : `The config is ${kindOf(value)}, not an object.`;
    return [
      { path: [], message, help: 'Write `export default defineConfig({ definition: "./bindings.ts" });`.' },
    ];
  }
  const isList = Array.isArray(value["definition"]);
  return fields(value, [], { name, definition: isList ? contractList : file, ...shared }, ["definition"]);
}

const file: Check = (value, path) =>
  typeof value === "string" && value !== ""
    ? []
    : [mistake(path, `must be a path, and is ${kindOf(value)}`, "Write a path relative to the config.")];

/** Names become file names of caches, so they may hold nothing that a file name may not. */
const name: Check = (value, path) =>
  typeof value === "string" && /^[A-Za-z0-9][A-Za-z0-9._-]{0,63}$/.test(value)
    ? []
    : [
        mistake(
          path,
          `must be a name of letters, digits, \`.\`, \`_\` and \`-\`, and is ${kindOf(value)}`,
          'Write a short name, for example `"admin"`.',
        ),
      ];

function oneOf(...allowed: readonly string[]): Check {
  return (value, path) => {
    if (typeof value === "string" && allowed.includes(value)) return [];
    const hint = typeof value === "string" ? didYouMean(value, allowed) : "";
    const list = allowed.map((one) => `\`${JSON.stringify(one)}\``).join(", ");
    return [mistake(path, `must be one of ${list}, and is ${kindOf(value)}`, `Write one of ${list}.${hint}`)];
  };
}

/** Limits tighten, never loosen: a config is not where an organisation's rule is given up. */
function limit(most: number): Check {
  return (value, path) => {
    if (typeof value !== "number" || !Number.isInteger(value) || value < 1) {
      return [
        mistake(
          path,
          `must be a whole number from 1 to ${most}, and is ${kindOf(value)}`,
          `Write a number from 1 to ${most}.`,
        ),
      ];
    }
    if (value <= most) return [];
    return [
      mistake(
        path,
        `is ${value}, and may tighten the limit of ${most} but not loosen it`,
        `Write ${most} or less, or leave it out.`,
      ),
    ];
  };
}

const limits: Check = (value, path) =>
  isRecord(value)
    ? fields(value, path, { maxDepth: limit(maxDepth), maxLeaves: limit(maxLeaves) }, [])
    : [mistake(path, `must be an object, and is ${kindOf(value)}`, "Write `{ maxDepth: 3 }`, for example.")];

const text: Check = (value, path) =>
  typeof value === "string" && value.trim() !== ""
    ? []
    : [mistake(path, `must be a text, and is ${kindOf(value)}`, "Write a text, or leave it out.")];

const packageName: Check = (value, path) =>
  typeof value === "string" && isPackageName(value)
    ? []
    : [
        mistake(
          path,
          `must be the name of a package, and is ${kindOf(value)}`,
          'Write a name of lowercase letters, for example `"@acme/scripts"`.',
        ),
      ];

/** Fields that `isobind pack` writes itself. */
const packed = ["name", "version", "type", "exports", "files", "isobind"];

const manifest: Check = (value, path) => {
  if (!isRecord(value))
    return [
      mistake(path, `must be an object, and is ${kindOf(value)}`, 'Write `{ license: "MIT" }`, for example.'),
    ];
  return Object.keys(value)
    .filter((key) => packed.includes(key))
    .map((key) => mistake([...path, key], "is written by `isobind pack`", "Leave it out."));
};

const pack: Check = (value, path) =>
  isRecord(value)
    ? fields(value, path, { name: packageName, out: file, title: text, manifest }, [])
    : [
        mistake(
          path,
          `must be an object, and is ${kindOf(value)}`,
          'Write `{ name: "@acme/scripts" }`, for example.',
        ),
      ];

const format: Check = (value, path) =>
  typeof value === "boolean"
    ? []
    : [mistake(path, `must be true or false, and is ${kindOf(value)}`, "Write `true` or `false`.")];

const profiles: Check = (value, path) => {
  const example = 'Write a list of names, for example `["admin", "pro"]`.';
  if (!Array.isArray(value)) return [mistake(path, `must be a list, and is ${kindOf(value)}`, example)];
  return value.flatMap((name: unknown, index) => {
    const at = [...path, index];
    if (typeof name !== "string" || !isProfileName(name)) {
      const wanted = "must be a name of lowercase letters, digits and `-` that begins with a letter";
      return [mistake(at, `${wanted}, and is ${kindOf(name)}`, 'Write a short name, for example `"admin"`.')];
    }
    if (value.indexOf(name) === index) return [];
    return [mistake(at, `is \`${name}\`, which is in the list already`, "Remove one of the two.")];
  });
};

const engines: Check = (value, path) => {
  const example = 'Write a list of lines of Node, for example `["node24"]`.';
  if (!Array.isArray(value)) return [mistake(path, `must be a list, and is ${kindOf(value)}`, example)];
  if (value.length === 0) return [mistake(path, "is an empty list", example)];
  return value.flatMap((name: unknown, index) => oneOf(...engineNames)(name, [...path, index]));
};

const compiler: Check = (value, path) => {
  if (!isRecord(value)) {
    return oneOf("bundled", "native")(value, path);
  }
  return fields(value, path, { native: packageName }, ["native"]);
};

const shared = {
  outDir: file,
  tsconfig: file,
  compiler,
  importExtension: oneOf(".ts", ".js"),
  limits,
  profiles,
  engines,
  excessProperties: oneOf("refuse", "strip", "allow"),
  runtimePackage: oneOf("isobind", "@isobind/runtime"),
  examples: oneOf("warn", "error", "off"),
  pack,
  format,
} satisfies Record<string, Check>;

const contractList: Check = (value, path) => {
  if (!Array.isArray(value)) return [];
  if (value.length === 0) {
    return [
      mistake(path, "is an empty list", 'Name at least one: `[{ name: "api", definition: "./api.ts" }]`.'),
    ];
  }
  return value.flatMap((entry: unknown, index) => {
    const at = [...path, index];
    if (!isRecord(entry)) {
      return [
        mistake(
          at,
          `must be an object, and is ${kindOf(entry)}`,
          'Write `{ name: "api", definition: "./api.ts" }`.',
        ),
      ];
    }
    return fields(entry, at, { name, definition: file, ...shared }, ["name", "definition"]);
  });
};

function fields(
  record: Readonly<Record<string, unknown>>,
  path: Path,
  checks: Readonly<Record<string, Check>>,
  needed: readonly string[],
): readonly Mistake[] {
  const known = Object.keys(checks);
  const missing = needed
    .filter((key) => record[key] === undefined)
    .map((key) => {
      const misspelt = Object.keys(record).some(
        (other) => !known.includes(other) && didYouMean(other, [key]) !== "",
      );
      return { key, misspelt };
    })
    // The misspelt key is reported as unknown, with the suggestion; once is enough.
    .filter(({ misspelt }) => !misspelt)
    .map(({ key }) => mistake([...path, key], "is missing", `Add \`${key}\`.`));
  const wrong = Object.entries(record).flatMap(([key, value]): readonly Mistake[] => {
    const check = Object.hasOwn(checks, key) ? checks[key] : undefined;
    const at = [...path, key];
    if (check !== undefined) return value === undefined ? [] : check(value, at);
    const help = `The keys are ${known.map((one) => `\`${one}\``).join(", ")}.${didYouMean(key, known)}`;
    return [mistake(at, "is not a key of the config", help)];
  });
  return [...missing, ...wrong];
}

function mistake(path: Path, what: string, help: string): Mistake {
  return { path, message: `\`${keyName(path)}\` ${what}.`, help };
}

/** `["definition", 1, "outDir"]` -> `definition[1].outDir`. */
function keyName(path: Path): string {
  return path.reduce<string>(
    (text, key) => (typeof key === "number" ? `${text}[${key}]` : text === "" ? key : `${text}.${key}`),
    "",
  );
}

function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

function kindOf(value: unknown): string {
  if (value === null || value === undefined) return String(value);
  if (Array.isArray(value)) return "a list";
  switch (typeof value) {
    case "string":
      return value.length > 40 ? "a longer text" : JSON.stringify(value);
    case "number":
    case "boolean":
      return String(value);
    case "object":
      return "an object";
    case "function":
      return "a function";
    default:
      return `a ${typeof value}`;
  }
}
