import { CakelabError, isCakelabError } from "../errors.js";
import { suggest } from "../suggest.js";
import { version } from "../version.js";
import { type Command, type CommandIo, UsageError } from "./command.js";
import { commands as libraryCommands } from "./commands.js";
import { columns } from "./define-command.js";

/**
 * Runs the command line: `cakelab <command> …`.
 *
 * @param argv without Node and the script: `process.argv.slice(2)`
 * @param commands the commands there are; default: the library's own
 * @returns the exit code: 0 done, 1 failed, 2 wrong usage
 */
export async function main(
  argv: readonly string[],
  io: CommandIo,
  commands: readonly Command[] = libraryCommands,
): Promise<number> {
  const [name, ...rest] = argv;
  try {
    if (name === "--help" || name === "-h") {
      io.stdout.write(overview(commands));
      return 0;
    }
    if (name === "--version" || name === "-V") {
      io.stdout.write(`cakelab ${version}\n`);
      return 0;
    }
    if (name === undefined) {
      io.stderr.write(overview(commands));
      return 2;
    }
    return await commandOf(name, commands).run(rest, io);
  } catch (error) {
    const known = commands.some((command) => command.name === name);
    return fail(error, known ? `${name} ` : "", io);
  }
}

function commandOf(name: string, commands: readonly Command[]): Command {
  const command = commands.find((candidate) => candidate.name === name);
  if (command !== undefined) {
    return command;
  }
  const names = commands.map((candidate) => candidate.name);
  const near = suggest(name, names);
  throw new UsageError(
    `there is no command "${name}"; ${near.length > 0 ? `did you mean ${near.join(" or ")}?` : `choose ${names.join(", ")}`}`,
  );
}

function fail(error: unknown, command: string, io: CommandIo): number {
  if (io.signal?.aborted === true) {
    io.stderr.write("cakelab: stopped; every file that was written is whole\n");
    return 1;
  }
  if (!(error instanceof CakelabError)) {
    const report = error instanceof Error ? (error.stack ?? error.message) : String(error);
    io.stderr.write(`cakelab: an error that should not happen; please report it.\n${report}\n`);
    return 1;
  }
  io.stderr.write(`cakelab: ${error.message}\n`);
  if (!isCakelabError(error, "usage") && !isCakelabError(error, "option")) {
    return 1;
  }
  io.stderr.write(`See cakelab ${command}--help\n`);
  return 2;
}

function overview(commands: readonly Command[]): string {
  const rows = commands.map(({ name, summary }) => [`  ${name}`, summary] as const);
  return [
    "usage: cakelab <command> [options]",
    "",
    "Azimuthal integration (caking) of X-ray diffraction images.",
    "",
    columns(rows),
    "",
    "cakelab <command> --help explains a command, cakelab --version says which version this is.",
    "",
  ].join("\n");
}
