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

/**
 * Calls a function whenever the page around an element has taken another theme, until the returned
 * function is called.
 *
 * JupyterLab names its new theme before that theme's style sheet is there, and takes the former one away
 * after it: the colours are looked at whenever a name changes, and whenever a style sheet comes or goes;
 * in the next frame, since it hides its page meanwhile and nothing could be drawn.
 */
export function onThemeChange(host: HTMLElement, callback: () => void): () => void {
  let former = JSON.stringify(themeOf(host));
  let frame = 0;
  const look = (): void => {
    cancelAnimationFrame(frame);
    frame = requestAnimationFrame(() => {
      const theme = JSON.stringify(themeOf(host));
      if (theme === former) return;
      former = theme;
      callback();
    });
  };
  const named = new MutationObserver(look);
  const { body } = document;
  named.observe(body, { attributes: true, attributeFilter: ["data-jp-theme-name"] });
  const sheets = new MutationObserver((changes) => {
    const isSheet = (node: Node): boolean => node instanceof HTMLLinkElement;
    if (changes.some(({ removedNodes }) => [...removedNodes].some(isSheet))) look();
  });
  sheets.observe(body, { childList: true });
  document.addEventListener("load", look, true);
  return () => {
    cancelAnimationFrame(frame);
    named.disconnect();
    sheets.disconnect();
    document.removeEventListener("load", look, true);
  };
}
