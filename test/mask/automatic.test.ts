import { describe, expect, it } from "vitest";
import { AzimuthalIntegrator, detector, type Image } from "../../src/index.js";
import { AUTOMATIC_MASKS, automaticMask } from "../../src/mask/automatic.js";
import { maskHot } from "../../src/mask/defects.js";

const image: Image = {
  data: Uint16Array.from({ length: 60 * 60 }, (_, i) => 100 + ((i * 7919) % 13)),
  shape: [60, 60],
};
image.data[1000] = 65535;
const ai = new AzimuthalIntegrator({
  dist: 0.1,
  poni1: 0.003,
  poni2: 0.003,
  detector: detector({ pixel1: 1e-4, shape: [60, 60] }),
});

describe("automaticMask", () => {
  it.each(AUTOMATIC_MASKS)("makes a mask of the image's shape: %s", (name) => {
    const { data, shape } = automaticMask(name, image, ai);
    expect(shape).toEqual([60, 60]);
    expect(data.every((value) => value === 0 || value === 1)).toBe(true);
  });

  it("is what the function of its name finds", () => {
    expect(automaticMask("hot", image)).toEqual(maskHot(image));
    expect(automaticMask("hot", image).data[1000]).toBe(1);
    const holed: Image = { data: Float32Array.of(1, Number.NaN), shape: [1, 2] };
    expect([...automaticMask("not-finite", holed).data]).toEqual([0, 1]);
    expect(automaticMask("sigma-clip", image, ai).data[1000]).toBe(1);
  });

  it("says what is missing", () => {
    expect(() => automaticMask("beam-stop", image)).toThrow(/give ai/);
    expect(() => automaticMask("cold" as "hot", image)).toThrow(/nothing finds "cold"/);
  });
});
