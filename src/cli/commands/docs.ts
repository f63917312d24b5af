/** `isobind docs`: a reference of the bindings, as Markdown or as one HTML file. */
import { existsSync, readFileSync } from "node:fs";
import { join, relative, resolve } from "node:path";
import { Option, type Command } from "commander";
import { counted } from "../../model/counted.ts";
import type { ResolvedContract } from "../../config/resolved.ts";
import { examplesOf } from "../../model/examples.ts";
import { UsageError, type ExitCode } from "../exit.ts";
import { contractIn } from "../given-contract.ts";
import type { Contract } from "../../model/contract.ts";
import type { Io } from "../io.ts";
import { examples } from "../examples.ts";
import { profileOption, projectOptions, type ProjectFlags } from "../options.ts";
import { replaceFile } from "../replace-file.ts";
import { outputFolder, pickContract, resolveProject } from "../project.ts";

const anew = "Run `isobind generate` to write it anew.";

interface DocsFlags extends ProjectFlags {
  readonly profile?: string;
  readonly against?: string;
  readonly title?: string;
  readonly out?: string;
  readonly format?: "markdown" | "html";
}

export function define(command: Command): void {
  profileOption(projectOptions(command))
    .option("-o, --out <file>", "where to write it (default: standard output)")
    .addOption(
      new Option("--format <format>", "default: by the name of the file, else markdown").choices([
        "markdown",
        "html",
      ]),
    )
    .option(
      "--against <ref>",
      "also say what changed since a git ref, a contract.json or a package, as for `diff`",
    )
    .option("--title <text>", "the page's title (default: SecureExec.bindings)");
  examples(
    command,
    [
      ["isobind docs --out docs/bindings.md", "for a repository or a site"],
      ["isobind docs --out bindings.html --against v1.2.0", "one file with search, and what is new"],
      ["isobind docs --profile pro --out pro.html", "what the scripts of a profile may call"],
    ],
    "The HTML needs nothing else and loads nothing: it can be opened from a folder, mailed, or served as it is.",
  );
}

export async function run(io: Io, command: Command): Promise<ExitCode> {
  const flags = command.opts<DocsFlags>();
  const project = await resolveProject(io, flags);
  const file = join(outputFolder(pickContract(project, flags.contract), flags.profile), "contract.json");
  if (!existsSync(file)) {
    throw new UsageError(
      `\`${relative(io.cwd, file)}\` does not exist yet.`,
      "Run `isobind generate` first.",
    );
  }
  const { formatHtmlPage, formatMarkdownPage, pageOf } = await import("../../docs/index.ts");
  const before =
    flags.against === undefined ? undefined : await other(flags.against, file, io.cwd, project.root);
  const contract = await contractIn(readFileSync(file, "utf8"), `\`${relative(io.cwd, file)}\``, anew);
  await noteBroken(io, contract, pickContract(project, flags.contract));
  const page = pageOf(contract, {
    ...(flags.title === undefined ? {} : { title: flags.title }),
    ...(before === undefined ? {} : { before }),
  });
  const format = flags.format ?? formatOf(flags.out);
  const text = format === "html" ? formatHtmlPage(page) : formatMarkdownPage(page);
  if (flags.out === undefined) {
    io.stdout.write(text);
    return 0;
  }
  replaceFile(resolve(io.cwd, flags.out), text, flags.out);
  const leaves = page.namespaces.reduce((sum, namespace) => sum + namespace.leaves.length, 0);
  io.stdout.write(`${flags.out}: ${counted(leaves, "binding")}, ${counted(page.types.length, "type")}\n`);
  return 0;
}

/** A reference is read for its examples. */
async function noteBroken(io: Io, contract: Contract, config: ResolvedContract): Promise<void> {
  const examples = config.examples === "off" ? [] : examplesOf(contract);
  if (examples.length === 0) return;
  const { exampleProblems } = await import("../../examples/check-examples.ts");
  const { problems } = await exampleProblems(contract, examples, config);
  for (const [{ leaf }, { message }] of problems) {
    const name = leaf.path.join(".");
    io.stderr.write(
      `note: an example of \`${name}\` does not work: ${message} \`isobind check\` shows its line.\n`,
    );
  }
}

/** By the name of the file; Markdown for standard output. */
function formatOf(out: string | undefined): "markdown" | "html" {
  if (out === undefined || /\.(?:md|markdown|mdx)$/iu.test(out)) return "markdown";
  if (/\.html?$/iu.test(out)) return "html";
  throw new UsageError(
    `\`--out ${out}\` does not say by its name what it is.`,
    "Name a file in `.md` or `.html`, or say `--format markdown` or `--format html`.",
  );
}

/** The contract that readers know. */
async function other(against: string, contractFile: string, cwd: string, root: string) {
  const { readAgainst } = await import("../../changes/index.ts");
  const read = await readAgainst(against, { cwd, contractFile, root });
  if (!read.ok) throw new UsageError(read.problem.message, read.problem.help);
  return { contract: await contractIn(read.value.text, `\`${against}\``, anew), since: against };
}
