import { describe, expect, it } from "vitest";
import { compass, sectors } from "../../src/figure/compass.js";

const frame = { x: 0, y: 0, width: 200, height: 200 };
const center = { x: 0.5, y: 0.5 };

/** Where each text is drawn. */
function placesOf(svg: string): Map<string, [x: number, y: number]> {
  const texts = svg.matchAll(/<text x="([-\d.]+)" y="([-\d.]+)"[^>]*>([^<]+)</g);
  return new Map([...texts].map(([, x, y, text]) => [text!, [Number(x), Number(y)]]));
}

describe("compass", () => {
  it("has North at the top and East at the right, within the picture even if the beam is not", () => {
    for (const beam of [center, { x: -0.4, y: 2 }]) {
      const places = placesOf(compass(frame, beam));
      expect([...places.keys()]).toEqual(["N", "E", "S", "W"]);
      expect(places.get("N")![1]).toBeLessThan(30);
      expect(places.get("S")![1]).toBeGreaterThan(180);
      expect(places.get("E")![0]).toBeGreaterThan(180);
      expect(places.get("W")![0]).toBeLessThan(20);
      for (const [x, y] of places.values()) expect(x > 0 && x < 200 && y > 0 && y < 200).toBe(true);
    }
  });
});

describe("sectors", () => {
  it("puts the numbers where the cakes are", () => {
    const clockwise = placesOf(
      sectors(frame, center, { cakes: 36, firstCakeAngle: 270, order: "clockwise" }),
    );
    expect(clockwise.size).toBe(36);
    expect(clockwise.get("1")![0]).toBeLessThan(20);
    expect(clockwise.get("10")![1]).toBeLessThan(25);
    expect(clockwise.get("19")![0]).toBeGreaterThan(180);
    expect(clockwise.get("28")![1]).toBeGreaterThan(180);
    const other = placesOf(
      sectors(frame, center, { cakes: 4, firstCakeAngle: 0, order: "anticlockwise" }),
    );
    expect(other.get("1")![1]).toBeLessThan(25);
    expect(other.get("2")![0]).toBeLessThan(20);
  });

  it("numbers some of very many", () => {
    const places = placesOf(
      sectors(frame, center, { cakes: 360, firstCakeAngle: 0, order: "clockwise" }),
    );
    expect(places.size).toBe(40);
    expect(places.has("1")).toBe(true);
  });
});
