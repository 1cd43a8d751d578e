// Sends frames whenever it is asked for some: send.mjs IMAGE PORT; each line of its input is a number.
import { createInterface } from "node:readline";
import { FrameSender, readImage } from "../../dist/src/index.js";

const [path, port] = process.argv.slice(2);
const { data, shape } = await readImage(path);
// No two in a row are alike.
const images = [0, 1, 2, 3].map((more) => ({ data: data.map((value) => value + more), shape }));
const sender = new FrameSender({ port: Number(port) });
let number = 0;
for await (const line of createInterface({ input: process.stdin })) {
  for (let left = Number(line); left > 0; left--) await sender.send(images[number % 4], number++);
}
await sender.close();
