import { beforeEach, describe, expect, it } from "vitest";
import type { FrameMessage, FrameWish } from "../../../src/diffractogram-messages.js";
import { packArrays, type ViewArrays } from "../../../src/widget-messages.js";
import { FrameFeed, type LiveFrame } from "../../../widgets/diffractogram/frame-feed.js";
import type { ViewState } from "../../../widgets/view-state.js";

const STATUS = { received: 1, shown: 1, dropped: 0, bad: 0, rate: 0 };

/** A page that draws when it is told to, and the kernel's answers. */
function page() {
  const wishes: FrameWish[] = [];
  const turns: (() => void)[] = [];
  let hear: (message: object, buffers: readonly DataView[]) => void = () => undefined;
  const state = {
    onMessage: (callback: typeof hear) => {
      hear = callback;
    },
    send: (message: object) => wishes.push(message as FrameWish),
  } as unknown as ViewState;
  const wanted = { rows: 100, buffer: null as number | null, peaks: false };
  const feed = new FrameFeed(
    state,
    () => wanted,
    (callback) => turns.push(callback),
  );
  const drawn: LiveFrame[] = [];
  feed.onFrame = async (frame) => {
    drawn.push(frame);
  };
  const answer = (more: Partial<FrameMessage>, arrays: ViewArrays = {}): void => {
    const track = { data: new Float64Array(0), shape: [0] };
    const { headers, buffers } = packArrays({ track, ...arrays });
    const message: FrameMessage = {
      ...{ do: "frame", revision: 1, frame: null, status: STATUS, shape: [4, 4], image: -1 },
      ...{ factor: 1, peaks: null, heat: null },
      track: { generation: 0, count: 0, first: 0, kept: 0, columns: 0 },
      ...more,
      arrays: headers,
    };
    const views = buffers.map(
      ({ buffer, byteOffset, byteLength }) => new DataView(buffer, byteOffset, byteLength),
    );
    hear(message, views);
  };
  const turn = async (): Promise<void> => {
    await new Promise((resolve) => setTimeout(resolve));
    for (const go of turns.splice(0)) go();
    await new Promise((resolve) => setTimeout(resolve));
  };
  return { feed, wishes, wanted, drawn, answer, turn };
}

const image = (value: number) => ({ image: { data: Uint8Array.of(value), shape: [1, 1] } });

describe("FrameFeed", () => {
  let one: ReturnType<typeof page>;
  beforeEach(() => {
    one = page();
  });

  it("asks for the next frame when it has drawn one, and not before", async () => {
    one.feed.ask();
    expect(one.wishes).toMatchObject([{ have: -1, image: -1, rows: 100, buffer: null }]);
    one.answer({ revision: 5, image: 2, factor: 3 }, image(7));
    expect(one.wishes).toHaveLength(1);
    await one.turn();
    expect(one.drawn).toHaveLength(1);
    expect(one.wishes.slice(1)).toMatchObject([{ have: 5, image: 2, factor: 3 }]);
  });

  it("draws only the newest of what comes meanwhile, and keeps the image that came with others", async () => {
    one.feed.ask();
    one.answer({ revision: 1, image: 1 }, image(1));
    one.answer({ revision: 2, image: 2 }, image(2));
    one.answer({ revision: 3, image: 2 });
    await one.turn();
    await one.turn();
    expect(one.drawn.map(({ revision }) => revision)).toEqual([1, 3]);
    expect(one.drawn[1]).toMatchObject({ image: 2, isNew: true });
    expect([...one.drawn[1]!.picture!.data]).toEqual([2]);
  });

  it("goes on where something could not be drawn", async () => {
    one.feed.onFrame = () => Promise.reject(new Error("no canvas"));
    one.feed.ask();
    one.answer({ revision: 1 });
    await one.turn();
    expect(one.wishes).toHaveLength(2);
  });

  it("follows a buffer by its new rows, and begins anew with another one", async () => {
    const rows = (header: object, data: number[]) =>
      one.answer(
        { heat: { buffer: 0, generation: 3, first: 0, kept: 0, count: 0, columns: 2, ...header } },
        {
          heat: { data: Float32Array.from(data), shape: [data.length / 2, 2] },
          times: { data: Float64Array.from({ length: data.length / 2 }, (_, i) => i), shape: [0] },
        },
      );
    one.wanted.buffer = 0;
    one.feed.ask();
    rows({ count: 2 }, [1, 2, 3, 4]);
    await one.turn();
    expect(one.wishes.at(-1)!.heat).toEqual({ generation: 3, count: 2 });
    rows({ first: 2, kept: 1, count: 3 }, [5, 6]);
    expect([...one.feed.heat.data]).toEqual([3, 4, 5, 6]);
    expect(one.feed.times.length).toBe(2);
    // What another view has asked for.
    rows({ buffer: 1, count: 1 }, [9, 9]);
    expect([...one.feed.heat.data]).toEqual([3, 4, 5, 6]);
    one.wanted.buffer = 1;
    one.feed.ask();
    expect(one.wishes.at(-1)!.heat).toEqual({ generation: 0, count: 0 });
    rows({ buffer: 1, count: 1 }, [9, 8]);
    expect([...one.feed.heat.data]).toEqual([9, 8]);
  });

  it("asks again for what is wanted more", async () => {
    one.feed.ask();
    one.answer({ revision: 4 });
    await one.turn();
    one.wanted.peaks = true;
    one.feed.ask();
    expect(one.wishes.at(-1)).toMatchObject({ have: -1, peaks: true });
    one.answer({ revision: 4, peaks: [[]] });
    await one.turn();
    expect(one.wishes.at(-1)).toMatchObject({ have: 4 });
  });

  it("is silent when it has ended", async () => {
    one.feed.ask();
    one.answer({ revision: 1 });
    one.feed.end();
    await one.turn();
    expect(one.wishes).toHaveLength(1);
    one.answer({ revision: 2 });
    expect(one.drawn).toHaveLength(1);
  });
});
