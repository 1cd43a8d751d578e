export { CakelabError, isCakelabError } from "./errors.js";
