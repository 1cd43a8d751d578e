const STYLE = `
.cakelab-view { position: relative; width: 100%; box-sizing: border-box; padding: 4px 2px; color: var(--jp-ui-font-color1, #1a1a1a); font: 13px/1.4 var(--jp-ui-font-family, system-ui, sans-serif); overflow: visible; }
.cakelab-raster:focus-visible { outline: 2px solid var(--jp-brand-color1, #0b5fa5); outline-offset: -1px; }
.cakelab-title { font-weight: 600; font-size: 14px; padding: 0 0 4px 4px; overflow-wrap: anywhere; }
.cakelab-toolbar { display: flex; flex-wrap: wrap; gap: 4px 10px; align-items: center; padding: 0 0 4px 4px; }
.cakelab-toolbar label, .cakelab-regions label { display: inline-flex; gap: 4px; align-items: center; color: var(--jp-ui-font-color1, #333); }
.cakelab-view button, .cakelab-view select, .cakelab-view input:not([type="range"]):not([type="checkbox"]) { font: inherit; color: var(--jp-ui-font-color0, #000); background: var(--jp-layout-color1, #fff); border: 1px solid var(--jp-border-color1, #888); border-radius: 3px; padding: 1px 6px; min-height: 24px; box-sizing: border-box; }
.cakelab-toolbar [hidden] { display: none; }
.cakelab-view button { cursor: pointer; }
.cakelab-view button:hover { background: var(--jp-layout-color2, #eee); }
.cakelab-view button:disabled { opacity: 0.5; cursor: default; }
.cakelab-view :is(button, select, input, summary):focus-visible { outline: 2px solid var(--jp-brand-color1, #0b5fa5); outline-offset: 1px; }
.cakelab-view input[aria-invalid="true"] { border-color: var(--jp-error-color1, #b00020); }
.cakelab-group { display: inline-flex; gap: 4px; }
.cakelab-raster { position: relative; width: 100%; overflow: hidden; }
.cakelab-raster canvas { position: absolute; pointer-events: none; image-rendering: pixelated; }
.cakelab-axes { position: absolute; inset: 0; }
.cakelab-axes svg { overflow: hidden; }
.cakelab-crosshair { position: absolute; pointer-events: none; z-index: 2; mix-blend-mode: difference; background: #ffffff; }
.cakelab-crosshair-x { width: 1px; }
.cakelab-crosshair-y { height: 1px; }
.cakelab-crosshair[hidden] { display: none; }
.cakelab-readout { display: block; min-height: 20px; padding: 2px 4px 0; font-variant-numeric: tabular-nums; white-space: pre-wrap; color: var(--jp-ui-font-color0, #000); }
.cakelab-legend { display: flex; flex-wrap: wrap; gap: 2px 4px; padding: 0 0 4px 4px; max-height: 84px; overflow-y: auto; }
.cakelab-legend[hidden] { display: none; }
.cakelab-legend button:nth-child(-n + 2) { color: var(--jp-ui-font-color2, #595959); }
.cakelab-view .cakelab-legend button { display: inline-flex; gap: 5px; align-items: center; border-color: transparent; background: transparent; font-size: 12px; overflow-wrap: anywhere; }
.cakelab-view .cakelab-legend button:hover { border-color: var(--jp-border-color1, #888); }
.cakelab-legend button[aria-pressed="false"] { text-decoration: line-through; opacity: 0.6; }
.cakelab-failed { color: var(--jp-error-color1, #b00020); }
.cakelab-view input:is([type="text"], :not([type])) { width: 5.2em; }
.cakelab-view input[aria-label^="file"] { width: 14em; }
.cakelab-scan { display: flex; flex-wrap: wrap; gap: 8px 16px; }
.cakelab-scan > div { flex: 1 1 420px; min-width: 0; }
.cakelab-scan > [hidden] { display: none; }
.cakelab-scan .cakelab-scan-frame { flex: 1 1 100%; max-width: 640px; }
.cakelab-scan-frame > [role="status"] { padding: 2px 4px; font-weight: 600; overflow-wrap: anywhere; }
.cakelab-scan-progress { padding: 0 4px; }
.cakelab-scan-progress progress { vertical-align: middle; margin-right: 8px; accent-color: var(--jp-brand-color1, #0b5fa5); }
.cakelab-ranges > div { display: flex; flex-wrap: wrap; gap: 4px 8px; align-items: center; padding: 2px 4px; }
.cakelab-ranges b { border-left: 12px solid var(--band); padding-left: 5px; min-width: 20px; }
.cakelab-ranges label { display: inline-flex; gap: 4px; align-items: center; }
.cakelab-bands { position: absolute; overflow: hidden; pointer-events: none; z-index: 3; }
.cakelab-band { position: absolute; top: 0; bottom: 0; min-width: 2px; box-sizing: border-box; border: solid var(--band); border-width: 0 1.5px; background: color-mix(in srgb, var(--band) 22%, transparent); }
.cakelab-band > div { position: absolute; top: 0; bottom: 0; pointer-events: auto; touch-action: none; }
.cakelab-band > div:focus-visible { outline: 2px solid var(--jp-brand-color1, #0b5fa5); outline-offset: -2px; }
.cakelab-band-low { left: -5px; width: 10px; cursor: ew-resize; z-index: 1; }
.cakelab-band-high { right: -5px; width: 10px; cursor: ew-resize; z-index: 1; }
.cakelab-band-whole { left: 5px; right: 5px; cursor: move; }
.cakelab-regions { padding: 2px 4px; }
.cakelab-regions > div { display: flex; flex-wrap: wrap; gap: 4px 10px; align-items: center; padding: 3px 0; }
.cakelab-regions summary { cursor: pointer; color: var(--jp-ui-font-color1, #333); }
.cakelab-parameters { display: grid; grid-template-columns: repeat(auto-fit, minmax(330px, 1fr)); gap: 2px 18px; padding: 6px 4px; }
.cakelab-parameter { display: grid; grid-template-columns: 9.5em 1fr auto 3.2em; gap: 6px; align-items: center; }
.cakelab-parameters:has(.cakelab-parameter-held) .cakelab-parameter { grid-template-columns: 8em 1fr 6.8em 3.2em 4.4em; }
.cakelab-view .cakelab-parameter input[type="text"] { width: 7.5em; }
.cakelab-parameter-held { display: inline-flex; gap: 3px; align-items: center; }
.cakelab-parameters input[type="range"] { width: 100%; min-width: 60px; accent-color: var(--jp-brand-color1, #0b5fa5); }
`;

const ID = "cakelab-style";

/** Gives a document the style of the views, unless it has it. */
export function addStyle(page: Document): void {
  if (page.getElementById(ID) !== null) return;
  const style = page.createElement("style");
  style.id = ID;
  style.textContent = STYLE;
  page.head.append(style);
}
