import { describeChecks } from "../protocol-checks.js";

describeChecks("widgets speak their protocol", "widgets/comm_checks.py");
