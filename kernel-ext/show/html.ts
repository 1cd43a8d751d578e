/** Text as HTML shows it. */
export function escapeHtml(text: string): string {
  const names: Record<string, string> = { "&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;" };
  return text.replace(/[&<>"]/g, (sign) => names[sign]!);
}

/** An SVG document as a picture in HTML, which also pages show that do not trust its notebook. */
export function svgImage(svg: string, description: string): string {
  const data = Buffer.from(svg).toString("base64");
  const text = escapeHtml(description);
  return `<img alt="${text}" src="data:image/svg+xml;base64,${data}" style="max-width:100%">`;
}
