import { execFileSync } from "node:child_process";

/** What a program in a Node of its own prints, read as JSON; it ends within 60 s or fails. */
export function runNode<T>(program: string, argument: string, flags: readonly string[] = []): T {
  const output = execFileSync(
    process.execPath,
    [...flags, "--input-type=module", "-e", program, "--", argument],
    { encoding: "utf8", stdio: ["ignore", "pipe", "pipe"], timeout: 60_000 },
  );
  return JSON.parse(output) as T;
}
