/**
 * Words what the parser refuses: what is wrong, the nearest right word, and where the rest is listed. The parser says only
 * in its message which option or argument it means, so that is where it is taken from; a message that is not known is passed
 * on.
 */
import type { Command, CommanderError } from "commander";
import { counted } from "../model/counted.ts";
import { didYouMean } from "../model/suggest.ts";
import { UsageError } from "./exit.ts";

/** `command` is the one that was being parsed. */
export function asUsageError(error: CommanderError, command: Command): UsageError {
  const name = command.parent === null ? "isobind" : `isobind ${command.name()}`;
  const list = `\`${name} --help\` lists its ${command.parent === null ? "commands and options" : "options"}.`;
  const quoted = /'([^']*)'/.exec(error.message)?.[1] ?? "";
  const option = command.options.find(({ flags }) => flags === quoted);
  const long = option?.long ?? quoted;
  switch (error.code) {
    case "commander.unknownOption": {
      const known = ["--help", ...command.options.flatMap((one) => one.long ?? [])];
      return new UsageError(`\`${name}\` has no option \`${quoted}\`.${didYouMean(quoted, known)}`, list);
    }
    case "commander.missingArgument": {
      const { description = "" } = command.registeredArguments.find((one) => one.name() === quoted) ?? {};
      return new UsageError(`\`${name}\` needs \`<${quoted}>\`: ${description}.`, list);
    }
    case "commander.missingMandatoryOptionValue":
      return new UsageError(`\`${name}\` needs \`${quoted}\`: ${option?.description ?? ""}.`, list);
    case "commander.optionMissingArgument":
      return new UsageError(`\`${long}\` needs a value: \`${quoted}\`.`, list);
    case "commander.invalidArgument": {
      const choices = option?.argChoices ?? [];
      const typed = /argument '(.*)' is invalid/.exec(error.message)?.[1] ?? "";
      const all = new Intl.ListFormat("en-GB", { type: "disjunction" }).format(
        choices.map((one) => `\`${one}\``),
      );
      return new UsageError(
        `\`${long}\` cannot be \`${typed}\`.${didYouMean(typed, choices)}`,
        `it can be ${all}.`,
      );
    }
    case "commander.excessArguments": {
      const takes = command.registeredArguments.length;
      const given = command.args.map((one) => `\`${one}\``).join(", ");
      const limit = takes === 0 ? "no arguments" : counted(takes, "argument");
      const count = command.args.length === 1 ? "is 1" : `are ${command.args.length}`;
      return new UsageError(`\`${name}\` takes ${limit}, and there ${count}: ${given}.`, list);
    }
    default:
      return new UsageError(error.message.replace(/^error: /, ""), list);
  }
}
