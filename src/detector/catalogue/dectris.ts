import { moduleGaps } from "../gaps.js";
import type { Model } from "./model.js";

/** Dectris marks invalid pixels with −1 and −2. */
const invalid = { dummy: -2, deltaDummy: 1.5 } as const;

const pilatus = {
  ...invalid,
  pixel: [172e-6, 172e-6],
  mask: { kind: "gaps", rows: moduleGaps(195, 17), columns: moduleGaps(487, 7) },
} as const;

/** The CdTe sensors of a module leave a gap in its middle. */
const pilatusCdTe = {
  ...invalid,
  pixel: [172e-6, 172e-6],
  mask: {
    kind: "gaps",
    rows: moduleGaps(195, 17),
    columns: {
      period: 494,
      runs: [
        [242, 245],
        [487, 494],
      ],
    },
  },
} as const;

const pilatus4 = {
  ...invalid,
  pixel: [150e-6, 150e-6],
  mask: { kind: "gaps", rows: moduleGaps(255, 20), columns: moduleGaps(513, 7) },
} as const;

const pilatus4CdTe = {
  ...invalid,
  pixel: [150e-6, 150e-6],
  mask: {
    kind: "gaps",
    rows: moduleGaps(255, 20),
    columns: {
      period: 520,
      runs: [
        [256, 257],
        [513, 520],
      ],
    },
  },
} as const;

const eiger = {
  ...invalid,
  pixel: [75e-6, 75e-6],
  mask: { kind: "gaps", rows: moduleGaps(514, 37), columns: moduleGaps(1030, 10) },
} as const;

const eiger2 = {
  ...invalid,
  pixel: [75e-6, 75e-6],
  mask: { kind: "gaps", rows: moduleGaps(512, 38), columns: moduleGaps(1028, 12) },
} as const;

const eiger2CdTe = {
  ...invalid,
  pixel: [75e-6, 75e-6],
  mask: {
    kind: "gaps",
    rows: moduleGaps(512, 38),
    columns: {
      period: 1040,
      runs: [
        [513, 515],
        [1028, 1040],
      ],
    },
  },
} as const;

export const DECTRIS: readonly Model[] = [
  { ...pilatus, name: "Pilatus100k", shape: [195, 487] },
  { ...pilatus, name: "Pilatus200k", shape: [407, 487] },
  { ...pilatus, name: "Pilatus300kw", shape: [195, 1475] },
  { ...pilatus, name: "Pilatus300k", shape: [619, 487] },
  { ...pilatus, name: "Pilatus900k", shape: [619, 1475] },
  { ...pilatus, name: "Pilatus1M", shape: [1043, 981] },
  { ...pilatus, name: "Pilatus2M", shape: [1679, 1475] },
  { ...pilatus, name: "Pilatus6M", shape: [2527, 2463] },
  { ...pilatusCdTe, name: "PilatusCdTe300kw", aliases: ["Pilatus 300kw CdTe"], shape: [195, 1475] },
  { ...pilatusCdTe, name: "PilatusCdTe300k", aliases: ["Pilatus 300k CdTe"], shape: [619, 487] },
  { ...pilatusCdTe, name: "PilatusCdTe900kw", aliases: ["Pilatus 900kw CdTe"], shape: [195, 4439] },
  { ...pilatusCdTe, name: "PilatusCdTe1M", aliases: ["Pilatus 1M CdTe"], shape: [1043, 981] },
  { ...pilatusCdTe, name: "PilatusCdTe2M", aliases: ["Pilatus 2M CdTe"], shape: [1679, 1475] },
  { ...pilatus4, name: "Pilatus4_260kw", shape: [255, 1033] },
  { ...pilatus4, name: "Pilatus4_260k", shape: [530, 513] },
  { ...pilatus4, name: "Pilatus4_1M", shape: [1080, 1033] },
  { ...pilatus4, name: "Pilatus4_2M", shape: [1630, 1553] },
  { ...pilatus4, name: "Pilatus4_4M", shape: [2180, 2073] },
  {
    ...pilatus4CdTe,
    name: "Pilatus4_CdTe_260kw",
    aliases: ["Pilatus4 260kw CdTe"],
    shape: [255, 1033],
  },
  {
    ...pilatus4CdTe,
    name: "Pilatus4_CdTe_260k",
    aliases: ["Pilatus4 260k CdTe"],
    shape: [530, 513],
  },
  { ...pilatus4CdTe, name: "Pilatus4_CdTe_1M", aliases: ["Pilatus4 1M CdTe"], shape: [1080, 1033] },
  { ...pilatus4CdTe, name: "Pilatus4_CdTe_2M", aliases: ["Pilatus4 2M CdTe"], shape: [1630, 1553] },
  { ...pilatus4CdTe, name: "Pilatus4_CdTe_4M", aliases: ["Pilatus4 4M CdTe"], shape: [2180, 2073] },
  { ...eiger, name: "Eiger500k", shape: [514, 1030] },
  { ...eiger, name: "Eiger1M", shape: [1065, 1030] },
  { ...eiger, name: "Eiger4M", shape: [2167, 2070] },
  { ...eiger, name: "Eiger9M", shape: [3269, 3110] },
  { ...eiger, name: "Eiger16M", shape: [4371, 4150] },
  { ...eiger2, name: "Eiger2_250k", shape: [512, 512] },
  { ...eiger2, name: "Eiger2_500k", shape: [512, 1028] },
  { ...eiger2, name: "Eiger2_1MW", shape: [512, 2068] },
  { ...eiger2, name: "Eiger2_1M", shape: [1062, 1028] },
  { ...eiger2, name: "Eiger2_2MW", shape: [512, 4148] },
  { ...eiger2, name: "Eiger2_4M", shape: [2162, 2068] },
  { ...eiger2, name: "Eiger2_9M", shape: [3262, 3108] },
  { ...eiger2, name: "Eiger2_16M", shape: [4362, 4148] },
  { ...eiger2CdTe, name: "Eiger2CdTe_500k", shape: [512, 1028] },
  { ...eiger2CdTe, name: "Eiger2CdTe_1MW", shape: [512, 2068] },
  { ...eiger2CdTe, name: "Eiger2CdTe_1M", shape: [1062, 1028] },
  { ...eiger2CdTe, name: "Eiger2CdTe_2MW", shape: [512, 4148] },
  { ...eiger2CdTe, name: "Eiger2CdTe_4M", shape: [2162, 2068] },
  { ...eiger2CdTe, name: "Eiger2CdTe_9M", shape: [3262, 3108] },
  { ...eiger2CdTe, name: "Eiger2CdTe_16M", shape: [4362, 4148] },
  { name: "Mythen", aliases: ["Mythen 1280"], shape: [1, 1280], pixel: [8000e-6, 50e-6] },
];
