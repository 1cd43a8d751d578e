import { spawnSync } from "node:child_process";
import { makeEnvironment } from "../../binder/set-up.mjs";

/** Makes .venv-bench; azint, which must be built, is left out where that fails. */
export async function install() {
  await makeEnvironment(".venv-bench", "test/bench/requirements.txt");
  const pip = ["-m", "pip", "install", "--disable-pip-version-check", "--no-input"];
  const args = [...pip, "-r", "test/bench/requirements-azint.txt"];
  const { status } = spawnSync(".venv-bench/bin/python", args, { stdio: "inherit" });
  if (status !== 0) console.error("azint cannot be built here; its rows are left out");
}
