/** Saves something as a file where the browser puts its downloads. */
export function download(content: Blob | string, name: string): void {
  const blob = typeof content === "string" ? new Blob([content], { type: "text/plain" }) : content;
  const link = document.createElement("a");
  link.href = URL.createObjectURL(blob);
  link.download = fileName(name);
  link.click();
  // The browser has begun to read it by then.
  setTimeout(() => URL.revokeObjectURL(link.href), 10_000);
}

/** A canvas as the bytes of a PNG. */
export function pngOf(canvas: HTMLCanvasElement): Promise<Blob> {
  return new Promise((resolve, reject) => {
    canvas.toBlob((blob) => {
      if (blob === null) reject(new Error("the browser made no PNG of this picture"));
      else resolve(blob);
    }, "image/png");
  });
}

/** Titles come from users: what a file's name cannot have is replaced. */
function fileName(name: string): string {
  const cleaned = [...name].map((c) => (c < " " || '/\\:*?"<>|'.includes(c) ? "_" : c)).join("");
  return cleaned.trim() || "cakelab";
}
