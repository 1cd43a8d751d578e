import { describeChecks } from "../protocol-checks.js";

describeChecks("cells show values, errors and progress", "show/show_checks.py");
