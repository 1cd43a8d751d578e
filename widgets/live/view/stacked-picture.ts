/** A picture of all canvases below an element where they are, at twice the screen's size. */
export function stackedPicture(element: HTMLElement): HTMLCanvasElement {
  const box = element.getBoundingClientRect();
  const canvases = [...element.querySelectorAll("canvas")].filter(({ width }) => width > 0);
  const places = canvases.map((canvas) => canvas.getBoundingClientRect());
  const bottom = Math.max(1, ...places.map((place) => place.bottom - box.top));
  const picture = document.createElement("canvas");
  picture.width = Math.max(1, Math.round(2 * box.width));
  picture.height = Math.round(2 * bottom);
  const context = picture.getContext("2d")!;
  context.scale(2, 2);
  context.fillStyle = getComputedStyle(element).getPropertyValue("--jp-layout-color0") || "#ffffff";
  context.fillRect(0, 0, box.width, bottom);
  for (const [i, canvas] of canvases.entries()) {
    const { left, top, width, height } = places[i]!;
    context.drawImage(canvas, left - box.left, top - box.top, width, height);
  }
  return picture;
}
