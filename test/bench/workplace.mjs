import { execFile } from "node:child_process";
import { mkdtemp, rm } from "node:fs/promises";
import { availableParallelism, tmpdir } from "node:os";
import { join } from "node:path";
import { promisify } from "node:util";
import { experiments, readExperimentImage, twoThetaRange } from "./experiments.mjs";
import { Peer, pythonOf } from "./peer.mjs";

const PEERS = {
  pyFAI: { script: "pyfai_peer.py", environment: ".venv-test" },
  "midas-integrate": { script: "midas_peer.py", environment: ".venv-bench" },
  SciPy: { script: "peaks_peer.py", environment: ".venv-test" },
  azint: { script: "azint_peer.py", environment: ".venv-bench" },
};

/** What the rows of a run share: a folder with images, and the other sides, each begun when needed. */
export class Workplace {
  #images = new Map();
  #peers = new Map();

  /** Makes the images. */
  async open() {
    this.folder = await mkdtemp(join(tmpdir(), "cakelab-bench-"));
    const shapes = Object.values(experiments).map(({ shape }) => shape.join(","));
    const script = join(import.meta.dirname, "peers/images.py");
    await promisify(execFile)(pythonOf(".venv-test"), [script, this.folder, ...shapes]);
  }

  image(name) {
    return remembered(this.#images, name, () => readExperimentImage(this.folder, name));
  }

  /** @throws Error where this one cannot be started here */
  peer(name) {
    return remembered(this.#peers, name, () => {
      const described = Object.fromEntries(
        Object.entries(experiments).map(([key, experiment]) => [
          key,
          { ...experiment, twoTheta: name === "midas-integrate" ? twoThetaRange(experiment) : [] },
        ]),
      );
      const args = [this.folder, JSON.stringify(described), String(availableParallelism())];
      return Peer.start({ name, ...PEERS[name], args });
    });
  }

  /** Ends the other sides; the versions of all that took part. */
  async close() {
    const versions = {};
    for (const peer of this.#peers.values()) {
      const started = await peer.catch(() => undefined);
      Object.assign(versions, started?.versions);
      started?.close();
    }
    await rm(this.folder, { recursive: true, force: true });
    return versions;
  }
}

function remembered(kept, key, make) {
  if (!kept.has(key)) kept.set(key, make());
  return kept.get(key);
}
