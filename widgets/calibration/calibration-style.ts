const STYLE = `
.cakelab-calibration-plots { display: flex; flex-wrap: wrap; gap: 8px; align-items: flex-start; }
.cakelab-calibration-plots > div { flex: 1 1 420px; min-width: 0; }
.cakelab-calibration-caption { padding: 0 4px; color: var(--jp-ui-font-color1, #333); font-weight: 600; }
.cakelab-calibration-facts { display: block; padding: 0 4px 4px; }
.cakelab-calibration-below { display: flex; flex-wrap: wrap; gap: 4px 24px; align-items: flex-start; }
.cakelab-calibration-below > .cakelab-parameters { flex: 1 1 420px; grid-template-columns: minmax(0, 1fr); }
.cakelab-calibration-result { flex: 1 1 400px; padding: 0 4px; min-width: 0; }
.cakelab-calibration-result p { margin: 2px 0; }
.cakelab-calibration-result table { border-collapse: collapse; margin: 4px 0; font-variant-numeric: tabular-nums; }
.cakelab-view .cakelab-calibration-result :is(td, th) { padding: 1px 14px 1px 0; text-align: left; white-space: nowrap; border-bottom: 1px solid var(--jp-border-color2, #ddd); background: none; }
.cakelab-calibration-points { flex-wrap: wrap; }
.cakelab-calibration-rings { max-height: 260px; overflow: auto; }
.cakelab-calibration-result summary { cursor: pointer; }
.cakelab-calibration-warning { padding: 3px 8px; border-left: 4px solid var(--jp-warn-color1, #9a6700); background: var(--jp-layout-color2, #fff8c5); }
.cakelab-calibration-failure { margin: 2px 4px; padding: 3px 8px; border-left: 4px solid var(--jp-error-color1, #b00020); background: var(--jp-layout-color2, #fbeaec); }
.cakelab-calibration-failure[hidden] { display: none; }
`;

const ID = "cakelab-calibration-style";

/** Gives a document the style of calibrations, unless it has it. */
export function addCalibrationStyle(page: Document): void {
  if (page.getElementById(ID) !== null) return;
  const style = page.createElement("style");
  style.id = ID;
  style.textContent = STYLE;
  page.head.append(style);
}
