import type { Image } from "../../array.js";
import type { MidasParameters } from "../../config/midas/parameters.js";
import { FileAccessError, FileFormatError, ShapeError } from "../../errors.js";
import { nodeModule } from "../../host/node.js";
import { openSeries } from "../../image/open-series.js";

/**
 * Reads a dark image for MIDAS: the mean of all frames of an image file, or of a raw file of int64 frames
 * (`.bin`, `.raw`), as MIDAS' GPU workflow takes it.
 *
 * @throws FileAccessError, FileFormatError; ShapeError where frames are not as the parameters say
 */
export async function readMidasDark(
  path: string,
  { NrPixelsY, NrPixelsZ }: Pick<MidasParameters, "NrPixelsY" | "NrPixelsZ">,
): Promise<Image<Float64Array>> {
  const shape: [number, number] = [NrPixelsZ, NrPixelsY];
  const data = new Float64Array(NrPixelsY * NrPixelsZ);
  const frames = /\.(bin|raw)$/i.test(path)
    ? await addRawFrames(path, data)
    : await addImages(path, shape, data);
  return { data: data.map((sum) => sum / frames), shape };
}

async function addImages(
  path: string,
  shape: readonly [number, number],
  sum: Float64Array,
): Promise<number> {
  let frames = 0;
  for await (const { data, shape: actual } of openSeries(path, { reuse: true })) {
    if (actual[0] !== shape[0] || actual[1] !== shape[1]) {
      throw new ShapeError(path, shape, actual, "give a dark image of this detector");
    }
    for (let i = 0; i < sum.length; i++) sum[i]! += data[i]!;
    frames++;
  }
  return frames;
}

async function addRawFrames(path: string, sum: Float64Array): Promise<number> {
  const { readFile } = nodeModule("node:fs/promises");
  const bytes = await readFile(path).catch((cause: Error) => {
    throw new FileAccessError(path, `cannot be read (${cause.message})`, { cause });
  });
  const frames = bytes.length / (8 * sum.length);
  if (frames < 1 || !Number.isInteger(frames)) {
    throw new FileFormatError(
      path,
      `has ${bytes.length} bytes, which are no frames of ${sum.length} int64 pixels; give such a file, or an image`,
    );
  }
  const values = new BigInt64Array(
    bytes.buffer.slice(bytes.byteOffset, bytes.byteOffset + bytes.length),
  );
  for (let i = 0; i < values.length; i++) sum[i % sum.length]! += Number(values[i]);
  return frames;
}
