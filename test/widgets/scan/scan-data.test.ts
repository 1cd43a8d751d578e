import { describe, expect, it, vi } from "vitest";
import type { ScanMessageToKernel, ScanMessageToPage } from "../../../src/widget-messages.js";
import { type LocalState, localState } from "../../../widgets/local-state.js";
import { ScanData } from "../../../widgets/scan/scan-data.js";

const list = (...values: number[]) => ({
  data: Float64Array.from(values),
  shape: [values.length],
});
const COMMON = { radial: list(1, 2, 3), slow: list(0, 1), fast: list(5) };

/** A kernel that answers when it is told to. */
function connected() {
  const asked: ScanMessageToKernel[] = [];
  let hear: (message: object, buffers: readonly DataView[]) => void = () => undefined;
  const local = localState({});
  const state: LocalState = {
    ...local,
    get arrays() {
      return local.arrays;
    },
    onMessage: (callback) => {
      hear = callback;
    },
    send: (message) => {
      asked.push(message as ScanMessageToKernel);
    },
  };
  const say = (message: ScanMessageToPage, ...buffers: ArrayBufferView[]): void =>
    hear(
      message,
      buffers.map(({ buffer, byteOffset, byteLength }) => {
        return new DataView(buffer, byteOffset, byteLength);
      }),
    );
  return { state, asked, say };
}

const PLAIN = { quantity: "intensity", background: undefined } as const;
const MAPS = { do: "maps", quantity: "intensity", background: null };

describe("ScanData with patterns", () => {
  it("makes maps at once, and grows", () => {
    const { state, asked, say } = connected();
    const data = new ScanData(state);
    const maps = vi.fn();
    const grown = vi.fn();
    Object.assign(data, { onMaps: maps, onGrown: grown });
    expect(data.isThere).toBe(false);
    const patterns = { data: Float32Array.of(1, 2, 3, NaN, NaN, NaN), shape: [2, 3] };
    state.show({ ...COMMON, pointer: { data: Int32Array.of(4, -1), shape: [2] }, patterns });
    expect(grown).toHaveBeenCalledTimes(1);
    data.makeMaps({ ...PLAIN, ranges: [[0, 2]] });
    expect(maps.mock.lastCall![0]).toEqual([Float32Array.of(1.5, NaN)]);
    expect([...(data.mean as Float64Array)]).toEqual([1, 2, 3]);
    // As they come over the wire, askew.
    const numbers = new Uint8Array(new ArrayBuffer(13), 1, 12);
    numbers.set(new Uint8Array(Float32Array.of(5, 6, 7).buffer));
    say({ do: "points" }, Int32Array.of(1), Int32Array.of(9), numbers);
    expect(grown).toHaveBeenCalledTimes(2);
    expect(data.frameOf(1)).toBe(9);
    expect([...data.pattern(1)!]).toEqual([5, 6, 7]);
    expect([...(data.mean as Float64Array)]).toEqual([3, 4, 5]);
    data.makeMaps({ ...PLAIN, ranges: [[0, 3]], background: [2, 3] });
    expect(maps.mock.lastCall![0]).toEqual([Float32Array.of(-1, -1)]);
    expect(asked).toEqual([]);
  });
});

describe("ScanData of a scan that stays in the kernel", () => {
  it("asks for maps one after another, and leaves out those that nobody waits for", () => {
    const { state, asked, say } = connected();
    const data = new ScanData(state);
    const maps = vi.fn();
    data.onMaps = maps;
    state.show({ ...COMMON, pointer: list(4, 5), mean: list(1, 2, 3) });
    for (const end of [1, 2, 3]) data.makeMaps({ ...PLAIN, ranges: [[0, end]] });
    expect(asked).toEqual([{ ...MAPS, request: 1, ranges: [[0, 1]] }]);
    say({ do: "maps", request: 1 }, Float32Array.of(8, 9));
    expect(maps.mock.lastCall![0]).toEqual([Float32Array.of(8, 9)]);
    expect(asked[1]).toEqual({ ...MAPS, request: 2, ranges: [[0, 3]] });
    expect([...(data.mean as Float64Array)]).toEqual([1, 2, 3]);
  });

  it("has peaks fitted by the kernel, and tells why they cannot be", () => {
    const { state, asked, say } = connected();
    const data = new ScanData(state);
    const told = vi.fn();
    data.onNoMaps = told;
    state.show({ ...COMMON, pointer: list(4, 5), mean: list(1, 2, 3) });
    data.makeMaps({ ...PLAIN, quantity: "width", ranges: [[0, 3]] });
    expect(asked).toEqual([{ ...MAPS, quantity: "width", request: 1, ranges: [[0, 3]] }]);
    say({ do: "no maps", request: 1, text: "too few points" });
    expect(told).toHaveBeenCalledWith("too few points");
  });

  it("asks for a pattern once it is wanted, and keeps it", () => {
    const { state, asked, say } = connected();
    const data = new ScanData(state);
    const came = vi.fn();
    data.onPattern = came;
    state.show({ ...COMMON, pointer: list(4, 5), mean: list(1, 2, 3) });
    expect(data.pattern(1)).toBeUndefined();
    expect(asked).toEqual([{ do: "pattern", point: 1 }]);
    say({ do: "pattern", point: 1 }, Float32Array.of(1, 2, 3));
    expect(came).toHaveBeenCalledOnce();
    expect([...data.pattern(1)!]).toEqual([1, 2, 3]);
    expect(asked).toHaveLength(1);
  });

  it("hears images, and why there is none", () => {
    const { state, say } = connected();
    const data = new ScanData(state);
    const frame = vi.fn();
    data.onFrame = frame;
    state.show({ ...COMMON, pointer: list(4, 5), mean: list(1, 2, 3) });
    say(
      { do: "frame", index: 4, arrays: [{ name: "image", type: "uint8", shape: [1, 2] }] },
      Uint8Array.of(1, 2),
    );
    expect(frame.mock.lastCall).toEqual([
      4,
      { image: { data: Uint8Array.of(1, 2), shape: [1, 2] } },
    ]);
    say({ do: "no frame", index: 5, text: "it is gone" });
    expect(frame.mock.lastCall).toEqual([5, "it is gone"]);
  });
});
