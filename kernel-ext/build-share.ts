// The last step of `npm run build`: Jupyter's part of the package in share/jupyter, and a command
// that runs from a clone, where npm has not made it executable.
import { chmod } from "node:fs/promises";
import { fileURLToPath } from "node:url";
import { shareFolder, writeKernelspec } from "./kernelspec.js";

await writeKernelspec(shareFolder, "relocatable");
await chmod(fileURLToPath(new URL("cakelab.js", import.meta.url)), 0o755);
