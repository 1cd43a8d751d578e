/** The colours of the page around a plot. */
export interface Theme {
  readonly ink: string;
  readonly faint: string;
  readonly grid: string;
  readonly paper: string;
  readonly font: string;
  readonly fontSize: number;
  /** Whether light ink stands on a dark page. */
  readonly dark: boolean;
}

/** Reads JupyterLab's variables where an element is; another page has a light theme. */
export function themeOf(element: Element): Theme {
  const style = getComputedStyle(element);
  const variable = (name: string, otherwise: string): string =>
    style.getPropertyValue(name).trim() || otherwise;
  const paper = variable("--jp-layout-color0", "#ffffff");
  return {
    ink: variable("--jp-ui-font-color0", "#1a1a1a"),
    faint: variable("--jp-ui-font-color2", "#595959"),
    grid: variable("--jp-border-color2", "#dddddd"),
    paper,
    font: variable("--jp-ui-font-family", "system-ui, sans-serif"),
    fontSize: 12,
    dark: document.body.getAttribute("data-jp-theme-light") === "false",
  };
}

/** Calls a function whenever the page takes another theme, until the returned function is called. */
export function onThemeChange(callback: () => void): () => void {
  const observer = new MutationObserver(callback);
  observer.observe(document.body, {
    attributes: true,
    attributeFilter: ["data-jp-theme-name", "data-jp-theme-light"],
  });
  return () => observer.disconnect();
}
