/**
 * Text that plotly shows as it is: its titles and labels take some HTML, and names of files may look
 * like it.
 */
export function plainText(text: string): string {
  return text.replace(/&/g, "&amp;").replace(/</g, "&lt;").replace(/>/g, "&gt;");
}
