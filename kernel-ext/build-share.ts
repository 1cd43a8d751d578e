// The last step of `npm run build`: Jupyter's part of the package in share/jupyter.
import { shareFolder, writeKernelspec } from "./kernelspec.js";

await writeKernelspec(shareFolder, "relocatable");
