import { describeChecks } from "./protocol-checks.js";

describeChecks("the kernel keeps to Jupyter's protocol", "conformance.py");
