/** The tags of TIFF 6.0 (https://www.itu.int/itudoc/itu-t/com16/tiff-fx/docs/tiff6.pdf) that matter here. */
export const Tag = {
  imageWidth: 256,
  imageLength: 257,
  bitsPerSample: 258,
  compression: 259,
  photometricInterpretation: 262,
  fillOrder: 266,
  stripOffsets: 273,
  samplesPerPixel: 277,
  rowsPerStrip: 278,
  stripByteCounts: 279,
  predictor: 317,
  tileWidth: 322,
  tileLength: 323,
  tileOffsets: 324,
  tileByteCounts: 325,
  sampleFormat: 339,
} as const;

/** Tags of text, which become entries of an image's header by these names. */
export const textTags: Readonly<Record<string, number>> = {
  ImageDescription: 270,
  Make: 271,
  Model: 272,
  Software: 305,
  DateTime: 306,
  Artist: 315,
  HostComputer: 316,
};
