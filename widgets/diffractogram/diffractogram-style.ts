const STYLE = `
.cakelab-diffractogram { display: flex; flex-wrap: wrap; gap: 8px 16px; align-items: flex-start; }
.cakelab-diffractogram > div { flex: 1 1 440px; min-width: 0; }
.cakelab-diffractogram [hidden] { display: none; }
.cakelab-view .cakelab-diffractogram-run { min-width: 4.5em; font-weight: 600; }
.cakelab-diffractogram-status { display: flex; flex-wrap: wrap; gap: 2px 16px; padding: 0 4px 4px; min-height: 20px; font-variant-numeric: tabular-nums; color: var(--jp-ui-font-color1, #333); overflow-wrap: anywhere; }
.cakelab-diffractogram-settings { padding: 4px; }
.cakelab-diffractogram-settings > .cakelab-toolbar { padding: 6px 0; }
.cakelab-diffractogram summary, .cakelab-diffractogram-settings summary { cursor: pointer; padding: 2px 4px; }
.cakelab-view :is(.cakelab-diffractogram, .cakelab-diffractogram-settings) table { border-collapse: collapse; margin: 2px 4px; font-variant-numeric: tabular-nums; }
.cakelab-view :is(.cakelab-diffractogram, .cakelab-diffractogram-settings) :is(td, th) { padding: 1px 12px 1px 0; text-align: left; white-space: nowrap; background: none; }
.cakelab-view .cakelab-diffractogram :is(td, th) { border-bottom: 1px solid var(--jp-border-color2, #ddd); }
.cakelab-view :is(.cakelab-diffractogram, .cakelab-diffractogram-settings) tbody :is(td, th):first-child { border-left: 10px solid var(--band, transparent); padding-left: 6px; }
.cakelab-diffractogram-list { max-height: 220px; overflow: auto; }
.cakelab-diffractogram-peaks > p { margin: 2px 4px; color: var(--jp-ui-font-color2, #595959); }
.cakelab-diffractogram-fits { display: flex; flex-wrap: wrap; gap: 4px 16px; align-items: flex-start; overflow-x: auto; }
.cakelab-diffractogram-ellipse { display: flex; gap: 12px; align-items: center; }
.cakelab-diffractogram-strain { font-variant-numeric: tabular-nums; }
`;

const ID = "cakelab-diffractogram-style";

/** Gives a document the style of diffractograms, unless it has it. */
export function addDiffractogramStyle(page: Document): void {
  if (page.getElementById(ID) !== null) return;
  const style = page.createElement("style");
  style.id = ID;
  style.textContent = STYLE;
  page.head.append(style);
}
