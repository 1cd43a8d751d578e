import { describeChecks } from "./protocol-checks.js";

describeChecks("the kernel outlives hostile messages", "hostile.py");
