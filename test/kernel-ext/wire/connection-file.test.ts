import { join } from "node:path";
import { afterAll, describe, expect, it } from "vitest";
import { address, readConnectionFile } from "../../../kernel-ext/wire/connection-file.js";
import { temporaryFolder } from "../run-cells.js";

const good = {
  transport: "tcp",
  ip: "127.0.0.1",
  key: "k",
  shell_port: 1,
  iopub_port: 2,
  stdin_port: 3,
  control_port: 4,
  hb_port: 5,
};
const files = {
  "good.json": good,
  "scheme.json": { ...good, signature_scheme: "hmac-sha512" },
  "port.json": { ...good, hb_port: "5" },
  "ip.json": { ...good, ip: undefined },
  "transport.json": { ...good, transport: "pgm" },
  "odd-scheme.json": { ...good, signature_scheme: "none" },
};

describe("readConnectionFile", () => {
  const texts = Object.entries(files).map(([name, value]) => [name, JSON.stringify(value)]);
  const [folder, remove] = temporaryFolder({ ...Object.fromEntries(texts), "text.json": "{" });
  afterAll(remove);
  const read = (name: string) => readConnectionFile(join(folder, name));

  it("reads what Jupyter writes", () => {
    expect(read("good.json")).toEqual({ ...good, signature_scheme: "hmac-sha256" });
    expect(read("scheme.json").signature_scheme).toBe("hmac-sha512");
  });

  it.each([
    ["port.json", "hb_port"],
    ["ip.json", "ip"],
    ["transport.json", "transport"],
    ["odd-scheme.json", "signature_scheme"],
    ["text.json", "no JSON"],
  ])("says what is wrong with %s", (name, reason) => {
    expect(() => read(name)).toThrow(new RegExp(`${name}.*${reason}`));
  });

  it("gives addresses on one interface", () => {
    expect(address(read("good.json"), 7)).toBe("tcp://127.0.0.1:7");
    expect(address({ ...read("good.json"), transport: "ipc", ip: "k" }, 7)).toBe("ipc://k-7");
  });
});
