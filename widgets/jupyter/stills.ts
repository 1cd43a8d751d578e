/** What the kernel writes into its still pictures, near their beginning. */
const MARK = "CakeLab still";
/** Characters of base64 in which the mark is found. */
const HEAD = 400;

/**
 * Hides the still picture that stands beside a live view in the same cell, for where there is no
 * kernel; it comes back when the returned function is called.
 */
export function hideStills(view: HTMLElement): () => void {
  const area = view.closest(".jp-OutputArea");
  if (area === null) return () => undefined;
  const hidden = new Set<HTMLElement>();
  const hide = (): void => {
    for (const picture of area.querySelectorAll<HTMLImageElement>(
      'img[src^="data:image/png;base64,"]',
    )) {
      const output = picture.closest<HTMLElement>(".jp-OutputArea-child");
      if (output === null || output.contains(view) || !isStill(picture.src)) continue;
      output.hidden = true;
      output.style.display = "none";
      hidden.add(output);
    }
  };
  hide();
  const observer = new MutationObserver(hide);
  observer.observe(area, { childList: true, subtree: true });
  return () => {
    observer.disconnect();
    for (const output of hidden) {
      output.hidden = false;
      output.style.removeProperty("display");
    }
  };
}

function isStill(source: string): boolean {
  const start = source.indexOf(",") + 1;
  return atob(source.slice(start, start + HEAD)).includes(MARK);
}
