#!/usr/bin/env node
import type { CommandIo } from "../src/cli/command.js";
import { commands } from "../src/cli/commands.js";
import { main } from "../src/cli/main.js";
import { setNoticeHook } from "../src/notice.js";
import { kernelCommand } from "./kernel-command.js";
import { labCommand } from "./lab-command.js";

// The first interrupt lets a command leave whole files behind; a second one ends it at once.
const interrupt = new AbortController();
process.once("SIGINT", () => interrupt.abort());

const io: CommandIo = {
  stdout: process.stdout,
  stderr: process.stderr,
  isTTY: process.stderr.isTTY === true,
  env: process.env,
  signal: interrupt.signal,
  openNotebook: (path) => labCommand.run([path], io),
};

// Node's own warnings begin with a process number; a progress bar may stand in the line.
const lineStart = io.isTTY ? "\r\u001b[K" : "";
setNoticeHook((text) => process.stderr.write(`${lineStart}note: ${text}\n`));

process.exitCode = await main(process.argv.slice(2), io, [...commands, kernelCommand, labCommand]);
