import type { Image } from "../array.js";
import { maskExtensions, writeMask } from "../export/mask.js";
import { explicitJson } from "../export/side-file.js";
import { nodeModule } from "../host/node.js";
import { readImage } from "../image/read-image.js";
import { load } from "../integrate/load.js";
import { automaticMask } from "../mask/automatic.js";
import { maskBeamStop } from "../mask/beam-stop.js";
import { combineMasks, emptyMask, invertMask, maskedFraction } from "../mask/mask.js";
import { growMask, shrinkMask } from "../mask/morphology.js";
import { drawMask, type MaskShape, type Point } from "../mask/shapes.js";
import { maskSigmaClip } from "../mask/sigma-clip.js";
import { maskAbove, maskBelow, maskBetween, maskNotFinite } from "../mask/threshold.js";
import type { Arguments } from "./arguments.js";
import { type Command, type CommandIo, UsageError } from "./command.js";
import { columns, defineCommand } from "./define-command.js";

const AUTOMATIC = ["hot", "dead", "saturated", "gaps", "cosmic-rays"] as const;

/** `cakelab mask`: the mask of an image, by rules and shapes. */
export const maskCommand: Command = defineCommand({
  name: "mask",
  summary: "Make a mask of an image; 1 = masked",
  usage: "FILE [rules] -o MASK",
  notes: `What any rule masks is masked; then the mask is grown, shrunk and inverted, in this order.
Positions are column, row in pixels, 0 = centre of the first one. MASK is a ${maskExtensions.join(", ")}.`,
  options: {
    below: { value: "V", help: "mask values below V" },
    above: { value: "V", help: "mask values above V" },
    between: { value: "A,B", help: "mask values from A to B" },
    "not-finite": { help: "mask NaN and infinite values" },
    auto: { value: "NAME,…", help: `find ${AUTOMATIC.join(", ")}`, list: true },
    "beam-stop": { help: "find the beam stop and its arm; needs --poni or --center" },
    "sigma-clip": {
      value: "N",
      help: "mask what is N standard deviations off its ring; needs --poni",
    },
    rectangle: { value: "X0,Y0,X1,Y1", help: "mask a rectangle" },
    circle: { value: "X,Y,R", help: "mask a circle" },
    ellipse: { value: "X,Y,RX,RY[,DEGREES]", help: "mask an ellipse" },
    arc: { value: "X,Y,R0,R1,A0,A1", help: "mask part of a ring, between angles in degrees" },
    polygon: { value: "X,Y,X,Y,…", help: "mask a polygon" },
    add: { short: "m", value: "MASK", help: "mask what this mask does, too" },
    grow: { value: "N", help: "grow the mask by N pixels" },
    shrink: { value: "N", help: "shrink the mask by N pixels" },
    invert: { help: "mask what is not masked" },
    poni: { short: "p", value: "PONI", help: "the calibration" },
    center: { value: "X,Y", help: "where the beam meets the detector" },
    output: { short: "o", value: "MASK", help: "the file that is written" },
    json: { help: "print the summary as JSON" },
    quiet: { short: "q", help: "print errors only" },
  },
  run,
});

async function run(args: Arguments, io: CommandIo): Promise<number> {
  const [file, more] = args.positionals;
  if (file === undefined || more !== undefined) {
    throw new UsageError("mask takes one FILE: the image that the mask is for");
  }
  const output = args.required("output");
  if (!maskExtensions.includes(nodeModule("node:path").extname(output).toLowerCase())) {
    throw new UsageError(
      `${output}: a mask is written as ${maskExtensions.join(", ")}; name one of them`,
    );
  }
  const image = await readImage(file);
  const parts = await rules(args, image);
  let mask = combineMasks(emptyMask(image.shape), ...parts.map(([, part]) => part));
  mask = growMask(mask, args.count("grow") ?? 0);
  mask = shrinkMask(mask, args.count("shrink") ?? 0);
  if (args.has("invert")) mask = invertMask(mask);
  await writeMask(output, mask);
  const masked = maskedFraction(mask);
  if (args.has("json")) {
    const found = Object.fromEntries(parts.map(([name, part]) => [name, maskedFraction(part)]));
    io.stdout.write(`${explicitJson({ masked, rules: found, written: output }, 2)}\n`);
  } else if (!args.has("quiet")) {
    const rows = parts.map(([name, part]) => [name, percent(maskedFraction(part))] as const);
    io.stdout.write(`${columns([...rows, ["masked", percent(masked)], ["written", output]])}\n`);
  }
  return 0;
}

/** Each rule that is asked for, by its name, and what it masks. */
async function rules(args: Arguments, image: Image): Promise<[name: string, mask: Image][]> {
  const found: [string, Image][] = [];
  const [below, above, between] = [
    args.number("below"),
    args.number("above"),
    args.range("between"),
  ];
  if (below !== undefined) found.push(["below", maskBelow(image, below)]);
  if (above !== undefined) found.push(["above", maskAbove(image, above)]);
  if (between !== undefined) found.push(["between", maskBetween(image, ...between)]);
  if (args.has("not-finite")) found.push(["not-finite", maskNotFinite(image)]);
  for (const name of args.list("auto")) found.push([name, automatic(name, image)]);
  for (const name of ["rectangle", "circle", "ellipse", "arc", "polygon"] as const) {
    const shape = shapeOf(name, args);
    if (shape !== undefined) found.push([name, drawMask(image.shape, shape)]);
  }
  const add = args.text("add");
  if (add !== undefined) found.push(["add", await readImage(add)]);
  return [...found, ...(await calibrated(args, image))];
}

async function calibrated(args: Arguments, image: Image): Promise<[string, Image][]> {
  const found: [string, Image][] = [];
  const poni = args.text("poni");
  const ai = poni === undefined ? undefined : await load(poni);
  const sigma = args.number("sigma-clip");
  if (sigma !== undefined) {
    if (ai === undefined) throw new UsageError("--sigma-clip needs the calibration; give --poni");
    const radial = ai.centerArray("2th_deg", image.shape).data;
    found.push(["sigma-clip", maskSigmaClip(image, radial, { sigma })]);
  }
  if (args.has("beam-stop")) {
    const fit2d = ai?.getFit2d();
    const center: Point | undefined =
      args.range("center") ?? (fit2d && [fit2d.centerX - 0.5, fit2d.centerY - 0.5]);
    if (center === undefined) throw new UsageError("--beam-stop needs --poni or --center");
    found.push(["beam-stop", maskBeamStop(image, center)]);
  }
  return found;
}

function automatic(name: string, image: Image): Image {
  const known = AUTOMATIC.find((one) => one === name);
  if (known === undefined) {
    throw new UsageError(`--auto cannot find "${name}"; choose ${AUTOMATIC.join(", ")}`);
  }
  return automaticMask(known, image);
}

type ShapeName = "rectangle" | "circle" | "ellipse" | "arc" | "polygon";

function shapeOf(name: ShapeName, args: Arguments): MaskShape | undefined {
  const text = args.text(name);
  if (text === undefined) return undefined;
  const n = text.split(",").map((part) => (part.trim() === "" ? Number.NaN : Number(part)));
  const least = { rectangle: 4, circle: 3, ellipse: 4, arc: 6, polygon: 6 }[name];
  const fits =
    name === "polygon"
      ? n.length >= least && n.length % 2 === 0
      : n.length === least || (name === "ellipse" && n.length === 5);
  if (!fits || !n.every(Number.isFinite)) {
    throw new UsageError(`--${name} is not "${text}"; --help says which numbers it takes`);
  }
  const at = (i: number): Point => [n[i]!, n[i + 1]!];
  switch (name) {
    case "rectangle":
      return { kind: "rectangle", from: at(0), to: at(2) };
    case "circle":
      return { kind: "circle", center: at(0), radius: n[2]! };
    case "ellipse":
      return { kind: "ellipse", center: at(0), radii: at(2), angle: n[4] ?? 0 };
    case "arc":
      return { kind: "arc", center: at(0), radii: at(2), angles: at(4) };
    case "polygon":
      return { kind: "polygon", points: n.flatMap((_, i) => (i % 2 === 0 ? [at(i)] : [])) };
  }
}

function percent(part: number): string {
  return `${(100 * part).toFixed(3)} %`;
}
