import { main } from "../../src/cli/main.js";

export interface Ran {
  readonly code: number;
  readonly stdout: string;
  readonly stderr: string;
}

/** Runs a command line in this process and keeps what it prints. */
export async function run(
  argv: readonly string[],
  { isTTY = false, signal }: { isTTY?: boolean; signal?: AbortSignal } = {},
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
    signal,
  });
  return { code, stdout, stderr };
}
