import type { CommandIo } from "../../src/cli/command.js";
import { main } from "../../src/cli/main.js";

export interface Ran {
  readonly code: number;
  readonly stdout: string;
  readonly stderr: string;
}

/** Runs a command line in this process and keeps what it prints. */
export async function run(
  argv: readonly string[],
  { isTTY = false, ...rest }: Partial<Pick<CommandIo, "isTTY" | "signal" | "openNotebook">> = {},
): Promise<Ran> {
  let stdout = "";
  let stderr = "";
  const code = await main(argv, {
    stdout: {
      write: (text) => {
        stdout += text;
      },
    },
    stderr: {
      write: (text) => {
        stderr += text;
      },
    },
    isTTY,
    env: {},
    ...rest,
  });
  return { code, stdout, stderr };
}
