const STYLE = `
.cakelab-live-panes { display: flex; flex-wrap: wrap; gap: 10px; align-items: flex-start; }
.cakelab-live-plots { display: flex; flex-direction: column; gap: 10px; }
.cakelab-live-plots canvas { display: block; cursor: crosshair; }
.cakelab-live-image { position: relative; overflow: hidden; touch-action: none; cursor: crosshair; }
.cakelab-live-image canvas { position: absolute; left: 0; top: 0; width: 100%; height: 100%; image-rendering: pixelated; }
.cakelab-live-handle { position: absolute; left: -8px; top: -8px; width: 16px; height: 16px; box-sizing: border-box; border: 2px solid #000000; border-radius: 50%; background: #ffffff; box-shadow: 0 0 0 1.5px #ffffff; cursor: grab; touch-action: none; opacity: 0.9; }
.cakelab-live-handle[hidden] { display: none; }
.cakelab-live-handle:active { cursor: grabbing; }
.cakelab-live-handle[data-handle="centre"] { border-radius: 2px; background: #ffd43b; }
.cakelab-live-handle[data-handle="distance"] { background: #ff5c5c; }
.cakelab-live-handle[data-handle="tilt"] { background: #4dabf7; }
.cakelab-live-handle[data-handle="first azimuth"] { background: #69db7c; }
.cakelab-live-handle:focus-visible { outline: 3px solid var(--jp-brand-color1, #0b5fa5); outline-offset: 2px; opacity: 1; }
.cakelab-live-message:empty { display: none; }
.cakelab-live-message { color: var(--jp-error-color1, #b00020); padding: 2px 4px; }
`;

const ID = "cakelab-live-style";

/** Gives a document the style of live cakes, unless it has it. */
export function addLiveStyle(page: Document): void {
  if (page.getElementById(ID) !== null) return;
  const style = page.createElement("style");
  style.id = ID;
  style.textContent = STYLE;
  page.head.append(style);
}
