/** Pictures below each other as one. */
export function stacked(pictures: readonly HTMLCanvasElement[]): HTMLCanvasElement {
  const whole = document.createElement("canvas");
  whole.width = Math.max(...pictures.map(({ width }) => width));
  whole.height = pictures.reduce((sum, { height }) => sum + height, 0);
  const context = whole.getContext("2d")!;
  let y = 0;
  for (const picture of pictures) {
    context.drawImage(picture, 0, y);
    y += picture.height;
  }
  return whole;
}
