// A step of `npm run build`: the command in few files. Node takes as long to load its hundred and more
// modules one by one as the command takes to integrate an image.
import { chmod } from "node:fs/promises";
import { join } from "node:path";
import { build } from "esbuild";

const root = join(import.meta.dirname, "..");
const outdir = join(root, "dist/bin");

await build({
  entryPoints: {
    cakelab: join(root, "kernel-ext/cakelab.ts"),
    // Where writer.ts and receive-elsewhere.ts look for them: beside themselves.
    "writer-thread": join(root, "src/cli/writer-thread.ts"),
    "receive-thread": join(root, "src/stream/midas-socket/receive-thread.ts"),
  },
  outdir,
  bundle: true,
  packages: "external",
  platform: "node",
  target: "node20",
  format: "esm",
  logLevel: "warning",
});
await chmod(join(outdir, "cakelab.js"), 0o755);
