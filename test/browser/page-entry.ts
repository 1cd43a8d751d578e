// What the tests run in a page: bundled by esbuild, reached as the global `cakelab`.
export { drawImage } from "../../widgets/index.js";
export { profileJob } from "./profile-job.js";
