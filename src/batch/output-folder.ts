import { ConfigError } from "../config/parse-yaml.js";
import { nodeModule } from "../host/node.js";

/**
 * The folder `name` under `root`, where a configuration may name folders below a root but none beside
 * it: `../x`, absolute paths and links that lead away are refused.
 *
 * @throws ConfigError
 */
export async function outputFolderUnder(
  root: string,
  name: string,
  config: string,
): Promise<string> {
  const { dirname, isAbsolute, relative, resolve } = nodeModule("node:path");
  const { realpath } = nodeModule("node:fs/promises");
  const refuse = (): ConfigError =>
    new ConfigError(
      config,
      `the output "${name}" does not lie under ${root}; name folders below it`,
    );
  const isUnder = (folder: string, path: string): boolean => {
    const way = relative(folder, path);
    return !isAbsolute(way) && way !== ".." && !/^\.\.[/\\]/.test(way);
  };
  const folder = resolve(root, name);
  if (isAbsolute(name) || !isUnder(resolve(root), folder)) throw refuse();
  // Where links lead: of what is there already, for the rest is made by us.
  const existing = async (path: string): Promise<string> => {
    const real = await realpath(path).catch(() => undefined);
    return real ?? existing(dirname(path));
  };
  const [realRoot, realFolder] = await Promise.all([existing(resolve(root)), existing(folder)]);
  if (!isUnder(realRoot, realFolder)) throw refuse();
  return folder;
}
