import type { MidasParameters } from "../../config/midas/parameters.js";
import { resolveRhoD } from "../../geometry/midas-rhod.js";
import { nodeModule } from "../../host/node.js";
import { midasBins } from "./bins.js";

/**
 * The SHA-256 that midas-integrate writes into a map's header: of the geometry, the bins in R and η, and
 * the wavelength. Bins in Q and 2θ, masks and corrections are not in it.
 */
export function midasParameterHash(parameters: MidasParameters): Uint8Array {
  const { RhoD } = resolveRhoD(parameters);
  const { createHash } = nodeModule("node:crypto");
  return createHash("sha256")
    .update(hashedText({ ...parameters, RhoD }))
    .digest();
}

function hashedText(p: MidasParameters): string {
  const six = (...names: readonly NumberKey[]): string[] => {
    return names.map((name) => `${name}=${fixed(p[name], 6)}`);
  };
  const { BC, ImTransOpt, NrPixelsY, NrPixelsZ, Wavelength } = p;
  const head = [
    `BC=${fixed(BC[0], 6)},${fixed(BC[1], 6)}`,
    ...six("EtaBinSize", "EtaMax", "EtaMin", "Lsd"),
    `NrPixelsY=${NrPixelsY}`,
    `NrPixelsZ=${NrPixelsZ}`,
    ...six("Parallax", "RBinSize", "RMax", "RMin", "RhoD"),
    `TransOpt=${ImTransOpt.length}`,
    `Wavelength=${fixed(Wavelength, 8)}`,
  ];
  const tail = [
    ...six("p0", "p1", "p2", "p3", "p4", "p5", "p6", "p7", "p8", "p9"),
    ...six("p10", "p11", "p12", "p13", "p14", "pxY", "pxZ", "tx", "ty", "tz"),
    ...(midasBins(p).axis === "Q" ? ["qMode=1"] : []),
  ];
  // The transforms follow the wavelength, as they do there.
  const ways = ImTransOpt.slice(0, 10).map((way) => `,${way}`);
  return `${head.join("|")}${ways.join("")}|${tail.join("|")}`;
}

type NumberKey = {
  [Key in keyof MidasParameters]: MidasParameters[Key] extends number ? Key : never;
}[keyof MidasParameters];

/** A number with so many decimals as Python and C write it: a tie goes to the even digit, and −0 keeps its sign. */
function fixed(value: number, decimals: number): string {
  const text = value.toFixed(decimals);
  if (Object.is(value, -0)) return `-${text}`;
  // Only a binary fraction of one bit more than 2^decimals can lie in the middle between two decimals.
  const scaled = Math.abs(value) * 2 ** (decimals + 1);
  if (!Number.isInteger(scaled) || scaled % 2 === 0) return text;
  const exact = value.toFixed(decimals + 1);
  const isEven = Number(exact.at(-2)) % 2 === 0;
  return isEven ? exact.slice(0, -1) : text;
}
