import { expect, it } from "vitest";
import { EarlierFrames } from "../../../src/stream/record/earlier-frames.js";

const timestamp = 1.7e9;
const sent = (number: number, port = 50_000) => ({
  number,
  timestamp,
  source: `tcp://127.0.0.1:${port}#${number}`,
});
const file = (source: string, number = 0) => ({ number, timestamp, source });

it("a first run has none", () => {
  const earlier = new EarlierFrames();
  for (const frame of [sent(3), sent(3), file("a.tif"), file("a.tif")]) {
    expect(earlier.continued(frame)).toBe(frame);
  }
});

it("files are known by their names, wherever they are in the series", () => {
  const earlier = new EarlierFrames();
  earlier.add(file("a.tif", 0));
  earlier.add(file("scan.h5#3", 1));
  expect(earlier.continued(file("a.tif", 5))).toBeUndefined();
  expect(earlier.continued(file("a.tif", 6))).toBeUndefined();
  expect(earlier.continued(file("scan.h5#3"))).toBeUndefined();
  expect(earlier.continued(file("scan.h5#4", 1))).toEqual(file("scan.h5#4", 1));
});

it("what was sent is known by its number, once, and counted on where 16 bits begin anew", () => {
  const earlier = new EarlierFrames();
  for (let number = 65_530; number < 65_540; number++) earlier.add(sent(number));
  // A new connection has another port, and the numbers that 16 bits hold.
  const numbers = [65_534, 65_535, 0, 1, 2, 3, 4, 5].map(
    (number) => earlier.continued(sent(number, 50_001))?.number,
  );
  expect(numbers).toEqual([...Array(6).fill(undefined), 65_540, 65_541]);
  expect(earlier.continued(sent(2, 50_002))?.number).toBe(65_538);
});

it("the same numbers of several senders are each known", () => {
  const earlier = new EarlierFrames();
  for (const port of [50_000, 50_001]) earlier.add(sent(7, port));
  const again = [50_002, 50_003, 50_004].map((port) => earlier.continued(sent(7, port))?.number);
  expect(again).toEqual([undefined, undefined, 7]);
});

it("numbers of a channel are as they are", () => {
  const earlier = new EarlierFrames();
  const monitored = (number: number) => ({ number, timestamp, source: `pva://X#${number}` });
  earlier.add(monitored(70_000));
  expect(earlier.continued(monitored(70_000))).toBeUndefined();
  expect(earlier.continued(monitored(4464))?.number).toBe(4464);
});
