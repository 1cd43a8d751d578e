import { OptionError } from "../errors.js";

/** Maps from intensity to colour; all but `"grey"` are matplotlib's, and readable for the colour-blind. */
export type ColormapName = "viridis" | "inferno" | "cividis" | "grey";

/** 33 colours at equal steps each, as hexadecimal RGB; straight lines between them are within 2/255 (6/255 at the bend of cividis). */
const ANCHORS: Readonly<Record<ColormapName, string>> = {
  viridis:
    "440154460c5f47186a482273472c7b4536814240853e49893a528b365a8c32628d2f6a8d2c728e287a8e26818e23898d20908c1e978a1e9e8821a68527ad8030b47a3dbb744bc26c5bc8626dce5881d34c95d73faadb32bfdf24d4e11ae9e419fde724",
  inferno:
    "0000030302120a0723140b36200c4a2e0a5a3c09654a0b6a570f6d63146e70196e7d1d6c892269962666a32b61af315bbb3754c53d4dd04544da4e3be35832ea6428f0701ef57e14f98c09fb9b06fbaa0efbb91ef8c931f5d948f1e864f2f485fcfea4",
  cividis:
    "00224d00285b002d690432701a386f273d6d31436c3a486b434e6b4b546c52596c595f6d61646f686a706e70737575757c7b788380788a8678928c779a9376a29974aa9f72b2a66fbaac6cc3b368cbba64d4c15edcc858e5cf50eed747f8de3bfde737",
  grey: "000000ffffff",
};

/** The names of the colour maps. */
export const COLORMAP_NAMES: readonly ColormapName[] = Object.keys(ANCHORS) as ColormapName[];

/**
 * A colour map as 256 × RGB.
 *
 * @throws OptionError that lists the names, for one that is unknown.
 */
export function colormap(name: ColormapName): Uint8ClampedArray {
  const hex = Object.hasOwn(ANCHORS, name) ? ANCHORS[name] : undefined;
  if (hex === undefined) {
    const names = COLORMAP_NAMES.join(", ");
    throw new OptionError("colormap", name, `there is no colour map "${name}"; there are ${names}`);
  }
  const anchors = Uint8Array.from(hex.match(/../g) ?? [], (byte) => Number.parseInt(byte, 16));
  const steps = anchors.length / 3 - 1;
  const table = new Uint8ClampedArray(256 * 3);
  for (let i = 0; i < 256; i++) {
    const place = (i / 255) * steps;
    const index = Math.min(Math.floor(place), steps - 1);
    for (let channel = 0; channel < 3; channel++) {
      const low = anchors[3 * index + channel]!;
      const high = anchors[3 * index + 3 + channel]!;
      table[3 * i + channel] = low + (place - index) * (high - low);
    }
  }
  return table;
}

/** A colour for masked pixels that the map itself does not have. */
export function maskedColor(name: ColormapName): readonly [number, number, number] {
  return name === "viridis" || name === "inferno" ? [150, 150, 150] : [196, 62, 62];
}
