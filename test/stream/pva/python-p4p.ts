import { spawnSync } from "node:child_process";
import { python } from "../../support/python.js";

/** Whether the Python of the tests has p4p. */
export const hasP4p: boolean = spawnSync(python, ["-c", "import p4p"]).status === 0;
