import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, it } from "vitest";
import { writeZarrZip } from "../../../src/export/zarr/zarr-zip.js";
import { ZipFile } from "../../../src/export/zip-file.js";
import { hasPython, runPython } from "../../support/python.js";
import { temporaryFolder } from "../../support/temporary-folder.js";

const data = (count: number) => () => Float64Array.from({ length: count }, (_, i) => i / 4);

const arrays = [
  {
    path: "REtaMap",
    shape: [2, 3, 2],
    data: data(12),
    attributes: { Header: "Radius,2Theta", nRBins: 3 },
  },
  { path: "OmegaSumFrame/LastFrameNumber_9", shape: [3, 2], data: data(6) },
  { path: "a/b/one", shape: [1], data: data(1) },
  { path: "none", shape: [0, 2], data: data(0) },
];

/** As the specification says, with what Python itself has. */
const program = `
import json, struct, sys, zipfile, zlib
archive = zipfile.ZipFile(sys.argv[1])
assert archive.testzip() is None
names = archive.namelist()
assert len(names) == len(set(names))
arrays = {}
for name in names:
    if name.endswith("/.zarray"):
        meta = json.loads(archive.read(name))
        at = name[:-len("/.zarray")]
        chunk = at + "/" + ".".join("0" for _ in meta["shape"])
        values = []
        if chunk in names:
            raw = zlib.decompress(archive.read(chunk))
            values = list(struct.unpack("<%dd" % (len(raw) // 8), raw))
        attrs = json.loads(archive.read(at + "/.zattrs")) if at + "/.zattrs" in names else None
        arrays[at] = [meta["shape"], values, attrs]
groups = [name[:-len(".zgroup")] for name in names if name.endswith(".zgroup")]
print(json.dumps({"arrays": arrays, "groups": groups}))
`;

const zarrProgram = `
import json, sys, zarr
root = zarr.open(sys.argv[1], mode="r")
arrays = {}
def walk(group, at):
    for name, value in group.items():
        if hasattr(value, "shape"):
            arrays[at + name] = [list(value.shape), value[...].ravel().tolist(), dict(value.attrs) or None]
        else:
            walk(value, at + name + "/")
walk(root, "")
print(json.dumps({"arrays": arrays, "empty": list(root["IntegrationResult"].keys())}))
`;

const expected = Object.fromEntries(
  arrays.map(({ path, shape, data: values, attributes }) => [
    path,
    [shape, [...values()], attributes ?? null],
  ]),
);

it.skipIf(!hasPython)("is a whole archive of what was written", async () => {
  const path = join(await temporaryFolder(), "x.zarr.zip");
  await writeZarrZip(path, arrays, ["IntegrationResult"]);
  const read = runPython<{ arrays: object; groups: string[] }>(program, path);
  expect(read.arrays).toEqual(expected);
  expect(read.groups).toEqual(["", "IntegrationResult/", "OmegaSumFrame/", "a/", "a/b/"]);
});

it.skipIf(!hasPython)("is what zarr 2 reads", async () => {
  const path = join(await temporaryFolder(), "x.zarr.zip");
  await writeZarrZip(path, arrays, ["IntegrationResult"]);
  const read = runPython<object>(zarrProgram, path);
  expect(read).toEqual({ arrays: expected, empty: [] });
});

it.skipIf(!hasPython)("more members than 16 bits count are in it", async () => {
  const path = join(await temporaryFolder(), "many.zip");
  const file = await ZipFile.create(path);
  const content = Uint8Array.of(1, 2, 3);
  for (let i = 0; i < 65_600; i++) await file.add(`m${i}`, content);
  await file.commit();
  const count = `import json, sys, zipfile
archive = zipfile.ZipFile(sys.argv[1])
print(json.dumps([len(archive.namelist()), list(archive.read("m65599"))]))`;
  expect(runPython(count, path)).toEqual([65_600, [1, 2, 3]]);
});

it("is whole or not there", async () => {
  const folder = await temporaryFolder();
  const path = join(folder, "x.zarr.zip");
  const broken = {
    path: "x",
    shape: [1],
    data: (): Float64Array => {
      throw new Error("no data");
    },
  };
  await expect(writeZarrZip(path, [...arrays, broken])).rejects.toThrow("no data");
  expect(readdirSync(folder)).toEqual([]);
  await writeZarrZip(path, arrays);
  await writeZarrZip(join(folder, "y.zarr.zip"), arrays);
  expect(readFileSync(path)).toEqual(readFileSync(join(folder, "y.zarr.zip")));
});
