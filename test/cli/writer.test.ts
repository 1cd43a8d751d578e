import { existsSync, readFileSync } from "node:fs";
import fs from "node:fs/promises";
import { join } from "node:path";
import { expect, it, vi } from "vitest";
import { cake } from "../../src/cake/cake.js";
import { openWriter } from "../../src/cli/writer.js";
import { OptionError, OutputError } from "../../src/errors.js";
import { writeDat } from "../../src/export/dat.js";
import { writeXrdfit } from "../../src/export/xrdfit.js";
import { readImage } from "../../src/image/read-image.js";
import { load } from "../../src/integrate/load.js";
import { beamline } from "./beamline.js";

const built = join(import.meta.dirname, "../../dist/src/cli/writer.js");

// From the sources no thread can be started, and it goes on without; the built one has threads.
const writers: [string, string][] = [
  ["without a thread", "../../src/cli/writer.js"],
  ["with threads", built],
];

async function results() {
  const { at, poni } = await beamline();
  const ai = await load(poni);
  const image = await readImage(at("frame_1.tif"));
  const cakes = await cake(image, ai, { cakes: 4, npt: 30, errorModel: "poisson" });
  const profile = await ai.integrate1d(image, 30, { errorModel: "poisson" });
  return { at, cakes, profile };
}

const source = "frame_1.tif";
const isBuilt = existsSync(built);

it.skipIf(!isBuilt).each(writers)("%s: the files are those of the formats", async (how, path) => {
  const { openWriter: open } = (await import(path)) as { openWriter: typeof openWriter };
  const { at, cakes, profile } = await results();
  const opened = vi.spyOn(fs, "open");
  const writer = open(20, "xrdfit");
  expect(writer.atOnce).toBeGreaterThan(0);
  const names = Array.from({ length: 6 }, (_, n) => at(`out/${n}.dat`));
  await Promise.all(
    names.map((name) => writer.write(name, { format: "xrdfit", result: cakes, source })),
  );
  await writer.write(at("out/profile.dat"), { format: "dat", result: profile, source });
  writer.close();
  expect(opened.mock.calls.length > 0).toBe(how === "without a thread");
  opened.mockRestore();
  await writeXrdfit(at("expected/0.dat"), cakes);
  for (const name of names) expect(readFileSync(name)).toEqual(readFileSync(at("expected/0.dat")));
  expect(readFileSync(at("out/0.json"))).toEqual(readFileSync(at("expected/0.json")));
  // Written again under its name, which the file holds.
  const text = readFileSync(at("out/profile.dat"));
  await writeDat(at("out/profile.dat"), profile);
  expect(readFileSync(at("out/profile.dat"))).toEqual(text);
});

it.skipIf(!isBuilt).each(writers)("%s: errors are those of the formats", async (_, path) => {
  const { openWriter: open } = (await import(path)) as { openWriter: typeof openWriter };
  const { at, cakes } = await results();
  const writer = open(20, "xrdfit");
  const infinite = { ...cakes, intensity: cakes.intensity.map((c) => c.map(() => Infinity)) };
  const writing = writer.write(at("out/a.dat"), { format: "xrdfit", result: infinite, source });
  await expect(writing).rejects.toMatchObject({ tag: "option" });
  const below = writer.write(at("frame_1.tif/a.dat"), { format: "xrdfit", result: cakes, source });
  await expect(below).rejects.toMatchObject({ tag: "output" });
  await writer.write(at("out/b.dat"), { format: "xrdfit", result: cakes, source });
  expect(existsSync(at("out/b.dat"))).toBe(true);
  writer.close();
});

it("few files are written without a thread", async () => {
  const { at, cakes } = await results();
  const writer = openWriter(1, "xrdfit");
  expect(writer.atOnce).toBe(1);
  await writer.write(at("a.dat"), { format: "xrdfit", result: cakes, source });
  writer.close();
  const infinite = { ...cakes, intensity: cakes.intensity.map((c) => c.map(() => Infinity)) };
  await expect(
    writer.write(at("b.dat"), { format: "xrdfit", result: infinite, source }),
  ).rejects.toThrow(OptionError);
  await expect(
    writer.write(at("frame_1.tif/a.dat"), { format: "xrdfit", result: cakes, source }),
  ).rejects.toThrow(OutputError);
});
