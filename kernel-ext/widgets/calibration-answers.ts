import type { CalibrationMessageToKernel } from "../../src/calibration-messages.js";
import type { Calibration } from "./calibration.js";

/**
 * What is to be done for a button of the page, and then said there; nothing where the text is empty.
 * `undefined` for other messages.
 */
export function answerOf(
  calibration: Calibration,
  message: CalibrationMessageToKernel,
): (() => string | Promise<string>) | undefined {
  switch (message.do) {
    // What is refused is told by a trait, so that it is seen when the page is opened later, too.
    case "run":
      return () => calibration.run().then(nothing, nothing);
    case "refine":
      return () => calibration.refine().then(nothing, nothing);
    case "fitPoints":
      return () => {
        calibration.fitPoints();
        return "fitted to the points; refine improves it";
      };
    case "removeOutliers":
      return () => `${calibration.removeOutliers()} outliers removed`;
    case "pick":
      return () => {
        const { ring } = calibration;
        const count = calibration.pick([message.row, message.column], { next: message.next });
        return `${count} points of ring ${ring + 1}`;
      };
    case "save":
      return async () => {
        await calibration.save(message.path);
        return `saved as ${message.path}`;
      };
    case "load":
      return async () => {
        await calibration.load(message.path);
        return `${message.path} is shown; refine improves it`;
      };
    case "report":
      return async () => {
        await calibration.report(message.path);
        return `report written as ${message.path}`;
      };
    default:
      return undefined;
  }
}

function nothing(): string {
  return "";
}
