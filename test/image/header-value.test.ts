import { expect, test } from "vitest";
import { headerValue, motors } from "../../src/image/header-value.js";
import { decodeImage } from "../../src/image/read-image.js";
import { formatFixture } from "./format-fixtures.js";
import { imageFixture } from "./image-fixtures.js";

const read = (name: string) => decodeImage(formatFixture(name), { name });

test("one name for all formats, in SI units", async () => {
  const names = ["exposureTime", "date", "monitor", "wavelength", "distance"] as const;
  const valuesOf = async (name: string) => {
    const image = await read(name);
    return names.map((key) => {
      const value = headerValue(image, key);
      return typeof value === "number" ? Number(value.toPrecision(12)) : value;
    });
  };
  expect(await valuesOf("motors.edf")).toEqual([
    0.25,
    "2021-03-04T05:06:07.5",
    123456,
    1.23984e-11,
    1.2,
  ]);
  expect(await valuesOf("mini.cbf")).toEqual([
    0.095,
    "2011-02-22T17:24:29.123",
    undefined,
    9.795e-11,
    0.25,
  ]);
  expect(await valuesOf("one.mccd")).toEqual([2.5, "031415922021.30", undefined, 9.795e-11, 0.15]);
  expect(await valuesOf("own.ge")).toEqual([
    0.33325,
    "2021-Mar-04",
    undefined,
    undefined,
    undefined,
  ]);
  expect(await valuesOf("uint16.spe")).toEqual([
    0.125,
    "04Mar2021",
    undefined,
    undefined,
    undefined,
  ]);
  expect((await valuesOf("high.mar2300")).slice(3)).toEqual([9.795e-11, 0.15]);
  expect(await valuesOf("linear 86.sfrm")).toEqual([
    60.5,
    "03/04/21 05:06:07",
    undefined,
    7.1073e-11,
    0.0595,
  ]);
  const pilatus = await decodeImage(imageFixture("tiff", "pilatus"));
  expect(headerValue(pilatus, "exposureTime")).toBe(90);
});

test("motors and counters by their names, and the header's own keys", async () => {
  const image = await read("motors.edf");
  expect(motors(image)).toEqual({ samx: 1.5, samy: -2, phi: 33.25, sec: 0.2, mon: 123456, ct2: 7 });
  expect(headerValue(image, "phi")).toBe(33.25);
  expect(headerValue(image, "Dim_1")).toBe(18);
  expect(headerValue(image, "ByteOrder")).toBe("LowByteFirst");
  expect(headerValue(image, "nothing")).toBeUndefined();
  expect(headerValue(image, "toString")).toBeUndefined();
  expect(headerValue({}, "exposureTime")).toBeUndefined();
});
