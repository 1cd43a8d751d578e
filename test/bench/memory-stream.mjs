// Resident bytes of a process that has recorded a stream over the loopback: memory-stream.mjs FRAMES.
import { mkdtemp, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import {
  AzimuthalIntegrator,
  detector,
  FrameSender,
  integrateStream,
  listenFrames,
} from "../../dist/src/index.js";
import { FrameRecord } from "../../dist/src/stream/record/frame-record.js";

const frames = Number(process.argv[2]);
const shape = [512, 512];
const ai = new AzimuthalIntegrator({
  ...{ dist: 0.2, poni1: 0.0256, poni2: 0.0256, detector: detector({ pixel1: 1e-4, shape }) },
});
const plan = await ai.plan({ shape, npt: 1000, unit: "2th_deg" });
const folder = await mkdtemp(join(tmpdir(), "cakelab-bench-"));
const layout = { lineout: { type: "float64", shape: [1000] } };
const record = await FrameRecord.open(join(folder, "scan.h5"), { layout });
const stream = await listenFrames({ shape, port: 0 });
const sender = new FrameSender({ port: stream.port });
const image = { data: Uint16Array.from({ length: 512 ** 2 }, (_, i) => i % 997), shape };
const sending = (async () => {
  for (let number = 0; number < frames; number++) await sender.send(image, number);
  await sender.close();
})();
for await (const { frame, results } of integrateStream(stream, [plan])) {
  await record.add(frame, { lineout: results[0].intensity });
  if (record.frames === frames) break;
}
await sending;
const status = await readFile("/proc/self/status", "utf8");
process.stdout.write(`${Number(/^VmRSS:\s+(\d+)/m.exec(status)[1]) * 1024}\n`);
await record.remove();
await rm(folder, { recursive: true });
process.exit();
