import { type Arguments, type OptionTable, parseArguments } from "./arguments.js";
import type { Command, CommandIo } from "./command.js";

/** A command by its option table, from which its help is made too. */
export interface CommandDefinition {
  readonly name: string;
  readonly summary: string;
  /** What follows `cakelab <name>` in the help. */
  readonly usage: string;
  /** What else a user should know: a few lines. */
  readonly notes?: string;
  readonly options: OptionTable;
  run(args: Arguments, io: CommandIo): Promise<number>;
}

const HELP: OptionTable = { help: { short: "h", help: "show this help" } };

/** A command that parses its own line and explains itself. */
export function defineCommand(definition: CommandDefinition): Command {
  const { name, summary } = definition;
  const options = { ...definition.options, ...HELP };
  return {
    name,
    summary,
    async run(argv, io) {
      const args = parseArguments(argv, options);
      if (args.has("help")) {
        io.stdout.write(helpText(definition, options));
        return 0;
      }
      return definition.run(args, io);
    },
  };
}

function helpText(
  { name, summary, usage, notes }: CommandDefinition,
  options: OptionTable,
): string {
  const rows = Object.entries(options).map(([long, { short, value, help }]) => {
    const flag = `${short === undefined ? "    " : `-${short}, `}--${long}`;
    return [`  ${flag}${value === undefined ? "" : ` ${value}`}`, help] as const;
  });
  return [
    `usage: cakelab ${name} ${usage}`,
    "",
    `${summary}.`,
    "",
    columns(rows),
    ...(notes === undefined ? [] : ["", notes]),
    "",
  ].join("\n");
}

/** Two columns, the right one where the left one's longest entry ends. */
export function columns(rows: readonly (readonly [left: string, right: string])[]): string {
  const width = Math.max(...rows.map(([left]) => left.length)) + 2;
  return rows.map(([left, right]) => `${left.padEnd(width)}${right}`).join("\n");
}
