import { withMetadata } from "../bundle-metadata.js";
import { STILL_SCALE, stillPng } from "./still.js";

/** What a notebook shows of a figure where no script runs. */
// No interface, so that it is a bundle of any forms, too.
export type StillBundle = {
  readonly "text/plain": string;
  /** As base64. */
  readonly "image/png": string;
};

/** A figure's still and its description, with the size that the still is to be shown at. */
export async function stillBundle(svg: string, description: string): Promise<StillBundle> {
  const png = Buffer.from(await stillPng(svg));
  const [width, height] = [png.readUInt32BE(16), png.readUInt32BE(20)];
  return withMetadata(
    { "text/plain": description, "image/png": png.toString("base64") },
    { "image/png": { width: width / STILL_SCALE, height: height / STILL_SCALE } },
  );
}
