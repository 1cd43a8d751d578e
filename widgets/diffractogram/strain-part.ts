import type { StrainEllipse } from "../../src/peaks/strain-ellipse.js";
import { themeOf } from "../plot/theme.js";
import { type DirectedStrain, drawEllipse } from "./draw-ellipse.js";
import { ellipseThrough } from "./evolution.js";
import { withError } from "./with-error.js";

const SIZE = 190;

/** The strain along each direction at one time, and the ellipse through it: drawn, and in words. */
export class StrainPart {
  readonly element: HTMLElement = document.createElement("div");
  readonly #canvas: HTMLCanvasElement = document.createElement("canvas");
  readonly #words: HTMLElement = document.createElement("div");

  constructor() {
    this.#canvas.setAttribute("aria-hidden", "true");
    this.#words.className = "cakelab-diffractogram-strain";
    this.element.className = "cakelab-diffractogram-ellipse";
    this.element.append(this.#canvas, this.#words);
  }

  /** Shows strains; without one, nothing is seen. */
  show(strains: readonly DirectedStrain[]): void {
    this.element.hidden = strains.length === 0;
    if (strains.length === 0) return;
    const ellipse = ellipseThrough(
      strains.map(({ direction }) => direction),
      strains.map(({ strain }) => strain),
      strains.map(({ sigma }) => sigma),
    );
    drawEllipse(this.#canvas, SIZE, strains, ellipse, themeOf(this.element));
    const lines = wordsFor(ellipse).map((text) => {
      const line = document.createElement("div");
      line.textContent = text;
      return line;
    });
    this.#words.replaceChildren(...lines);
  }
}

function wordsFor(ellipse: StrainEllipse | undefined): string[] {
  if (ellipse === undefined) return ["An ellipse needs three directions."];
  const { largest, smallest, direction, sigma } = ellipse;
  return [
    `largest ${strainText(largest, sigma.largest)}`,
    `smallest ${strainText(smallest, sigma.smallest)}`,
    `direction of the largest ${withError(direction, sigma.direction)}° from North`,
  ];
}

/** A strain with its error, in millionths. */
function strainText(strain: number, sigma: number): string {
  return `${withError(1e6 * strain, 1e6 * sigma)} · 10⁻⁶`;
}
