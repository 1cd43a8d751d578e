// The kernels' door: what JavaScript calls. A function for each element type, numbered as in
// element-types.ts: one large function for all of them is compiled to code that is ten times slower.
import { beginBlocks, endRow, firstRow, takeBlock, takePairs } from "./blocks";
import { deviateRows } from "./deviation";
import { findInvalid } from "./invalid";
import {
  isSmall, squarePairs, squareShort, sumPairs, sumPoissonPairs, sumPoissonShort, sumShort,
} from "./sums";

export { finishSquares, finishSums } from "./finish";
export { addRounded, countSmall, listSmall } from "./entries";
export { finishErrors, finishMeans } from "./quotients";
export { startCells } from "./cells";
export { divideRows, extendRows, startRows } from "./split";
export { divideSmallTogether, divideTogether, linesTogether, normalizeTogether } from "./work";
export { countGroups, squareValues, validPixels } from "./values";

/** An area of those that follow each other, emptied. */
function emptied(start: usize, bytes: usize, index: i32): usize {
  const area = start + <usize>index * bytes;
  memory.fill(area, 0, bytes);
  return area;
}

/** Σ c²·value of float64 values. */
export function square(
  gate: usize, blocks: i32, _thread: i32, parts: i32, values: usize,
  squares: usize, squareBytes: usize, pairSquares: usize, pairSquareBytes: usize,
): void {
  beginBlocks(gate, blocks);
  for (let block = takeBlock(); block >= 0; block = takeBlock()) {
    squareShort<f64>(firstRow, endRow, values, emptied(squares, squareBytes, block));
  }
  for (let part = takePairs(parts); part >= 0; part = takePairs(parts)) {
    squarePairs<f64>(firstRow, endRow, values, emptied(pairSquares, pairSquareBytes, part));
  }
}

function sumBlocks<T>(
  gate: usize, blocks: i32, thread: i32, parts: i32, image: usize,
  short: usize, shortBytes: usize, pairs: usize, pairBytes: usize,
): void {
  beginBlocks(gate, blocks);
  let area = isFloat<T>() ? short : emptied(short, shortBytes, thread);
  for (let block = takeBlock(); block >= 0; block = takeBlock()) {
    if (isFloat<T>()) area = emptied(short, shortBytes, block);
    sumShort<T>(firstRow, endRow, image, area);
  }
  for (let part = takePairs(parts); part >= 0; part = takePairs(parts)) {
    sumPairs<T>(firstRow, endRow, image, emptied(pairs, pairBytes, part));
  }
}

function sumPoissonBlocks<T>(
  gate: usize, blocks: i32, thread: i32, parts: i32, image: usize,
  short: usize, shortBytes: usize, pairs: usize, pairBytes: usize,
  squares: usize, squareBytes: usize, pairSquares: usize, pairSquareBytes: usize,
): void {
  beginBlocks(gate, blocks);
  let area = isFloat<T>() ? short : emptied(short, shortBytes, thread);
  let squareArea = isSmall<T>() ? emptied(squares, squareBytes, thread) : squares;
  for (let block = takeBlock(); block >= 0; block = takeBlock()) {
    if (isFloat<T>()) area = emptied(short, shortBytes, block);
    if (!isSmall<T>()) squareArea = emptied(squares, squareBytes, block);
    sumPoissonShort<T>(firstRow, endRow, image, area, squareArea);
  }
  for (let part = takePairs(parts); part >= 0; part = takePairs(parts)) {
    sumPoissonPairs<T>(
      firstRow, endRow, image,
      emptied(pairs, pairBytes, part), emptied(pairSquares, pairSquareBytes, part),
    );
  }
}

function deviateBlocks<T>(
  gate: usize, blocks: i32, image: usize, mean: usize, sums: usize, sumBytes: usize,
): void {
  beginBlocks(gate, blocks);
  for (let block = takeBlock(); block >= 0; block = takeBlock()) {
    deviateRows<T>(firstRow, endRow, image, mean, emptied(sums, sumBytes, block));
  }
}

export function sum0(
  gate: usize, blocks: i32, thread: i32, parts: i32, image: usize,
  short: usize, shortBytes: usize, pairs: usize, pairBytes: usize,
): void {
  sumBlocks<u8>(gate, blocks, thread, parts, image, short, shortBytes, pairs, pairBytes);
}

export function sum1(
  gate: usize, blocks: i32, thread: i32, parts: i32, image: usize,
  short: usize, shortBytes: usize, pairs: usize, pairBytes: usize,
): void {
  sumBlocks<i8>(gate, blocks, thread, parts, image, short, shortBytes, pairs, pairBytes);
}

export function sum2(
  gate: usize, blocks: i32, thread: i32, parts: i32, image: usize,
  short: usize, shortBytes: usize, pairs: usize, pairBytes: usize,
): void {
  sumBlocks<u16>(gate, blocks, thread, parts, image, short, shortBytes, pairs, pairBytes);
}

export function sum3(
  gate: usize, blocks: i32, thread: i32, parts: i32, image: usize,
  short: usize, shortBytes: usize, pairs: usize, pairBytes: usize,
): void {
  sumBlocks<i16>(gate, blocks, thread, parts, image, short, shortBytes, pairs, pairBytes);
}

export function sum4(
  gate: usize, blocks: i32, thread: i32, parts: i32, image: usize,
  short: usize, shortBytes: usize, pairs: usize, pairBytes: usize,
): void {
  sumBlocks<u32>(gate, blocks, thread, parts, image, short, shortBytes, pairs, pairBytes);
}

export function sum5(
  gate: usize, blocks: i32, thread: i32, parts: i32, image: usize,
  short: usize, shortBytes: usize, pairs: usize, pairBytes: usize,
): void {
  sumBlocks<i32>(gate, blocks, thread, parts, image, short, shortBytes, pairs, pairBytes);
}

export function sum6(
  gate: usize, blocks: i32, thread: i32, parts: i32, image: usize,
  short: usize, shortBytes: usize, pairs: usize, pairBytes: usize,
): void {
  sumBlocks<f32>(gate, blocks, thread, parts, image, short, shortBytes, pairs, pairBytes);
}

export function sum7(
  gate: usize, blocks: i32, thread: i32, parts: i32, image: usize,
  short: usize, shortBytes: usize, pairs: usize, pairBytes: usize,
): void {
  sumBlocks<f64>(gate, blocks, thread, parts, image, short, shortBytes, pairs, pairBytes);
}

export function sumPoisson0(
  gate: usize, blocks: i32, thread: i32, parts: i32, image: usize,
  short: usize, shortBytes: usize, pairs: usize, pairBytes: usize,
  squares: usize, squareBytes: usize, pairSquares: usize, pairSquareBytes: usize,
): void {
  sumPoissonBlocks<u8>(
    gate, blocks, thread, parts, image, short, shortBytes, pairs, pairBytes,
    squares, squareBytes, pairSquares, pairSquareBytes,
  );
}

export function sumPoisson1(
  gate: usize, blocks: i32, thread: i32, parts: i32, image: usize,
  short: usize, shortBytes: usize, pairs: usize, pairBytes: usize,
  squares: usize, squareBytes: usize, pairSquares: usize, pairSquareBytes: usize,
): void {
  sumPoissonBlocks<i8>(
    gate, blocks, thread, parts, image, short, shortBytes, pairs, pairBytes,
    squares, squareBytes, pairSquares, pairSquareBytes,
  );
}

export function sumPoisson2(
  gate: usize, blocks: i32, thread: i32, parts: i32, image: usize,
  short: usize, shortBytes: usize, pairs: usize, pairBytes: usize,
  squares: usize, squareBytes: usize, pairSquares: usize, pairSquareBytes: usize,
): void {
  sumPoissonBlocks<u16>(
    gate, blocks, thread, parts, image, short, shortBytes, pairs, pairBytes,
    squares, squareBytes, pairSquares, pairSquareBytes,
  );
}

export function sumPoisson3(
  gate: usize, blocks: i32, thread: i32, parts: i32, image: usize,
  short: usize, shortBytes: usize, pairs: usize, pairBytes: usize,
  squares: usize, squareBytes: usize, pairSquares: usize, pairSquareBytes: usize,
): void {
  sumPoissonBlocks<i16>(
    gate, blocks, thread, parts, image, short, shortBytes, pairs, pairBytes,
    squares, squareBytes, pairSquares, pairSquareBytes,
  );
}

export function sumPoisson4(
  gate: usize, blocks: i32, thread: i32, parts: i32, image: usize,
  short: usize, shortBytes: usize, pairs: usize, pairBytes: usize,
  squares: usize, squareBytes: usize, pairSquares: usize, pairSquareBytes: usize,
): void {
  sumPoissonBlocks<u32>(
    gate, blocks, thread, parts, image, short, shortBytes, pairs, pairBytes,
    squares, squareBytes, pairSquares, pairSquareBytes,
  );
}

export function sumPoisson5(
  gate: usize, blocks: i32, thread: i32, parts: i32, image: usize,
  short: usize, shortBytes: usize, pairs: usize, pairBytes: usize,
  squares: usize, squareBytes: usize, pairSquares: usize, pairSquareBytes: usize,
): void {
  sumPoissonBlocks<i32>(
    gate, blocks, thread, parts, image, short, shortBytes, pairs, pairBytes,
    squares, squareBytes, pairSquares, pairSquareBytes,
  );
}

export function sumPoisson6(
  gate: usize, blocks: i32, thread: i32, parts: i32, image: usize,
  short: usize, shortBytes: usize, pairs: usize, pairBytes: usize,
  squares: usize, squareBytes: usize, pairSquares: usize, pairSquareBytes: usize,
): void {
  sumPoissonBlocks<f32>(
    gate, blocks, thread, parts, image, short, shortBytes, pairs, pairBytes,
    squares, squareBytes, pairSquares, pairSquareBytes,
  );
}

export function sumPoisson7(
  gate: usize, blocks: i32, thread: i32, parts: i32, image: usize,
  short: usize, shortBytes: usize, pairs: usize, pairBytes: usize,
  squares: usize, squareBytes: usize, pairSquares: usize, pairSquareBytes: usize,
): void {
  sumPoissonBlocks<f64>(
    gate, blocks, thread, parts, image, short, shortBytes, pairs, pairBytes,
    squares, squareBytes, pairSquares, pairSquareBytes,
  );
}

export function deviate0(
  gate: usize, blocks: i32, image: usize, mean: usize, sums: usize, sumBytes: usize,
): void {
  deviateBlocks<u8>(gate, blocks, image, mean, sums, sumBytes);
}

export function deviate1(
  gate: usize, blocks: i32, image: usize, mean: usize, sums: usize, sumBytes: usize,
): void {
  deviateBlocks<i8>(gate, blocks, image, mean, sums, sumBytes);
}

export function deviate2(
  gate: usize, blocks: i32, image: usize, mean: usize, sums: usize, sumBytes: usize,
): void {
  deviateBlocks<u16>(gate, blocks, image, mean, sums, sumBytes);
}

export function deviate3(
  gate: usize, blocks: i32, image: usize, mean: usize, sums: usize, sumBytes: usize,
): void {
  deviateBlocks<i16>(gate, blocks, image, mean, sums, sumBytes);
}

export function deviate4(
  gate: usize, blocks: i32, image: usize, mean: usize, sums: usize, sumBytes: usize,
): void {
  deviateBlocks<u32>(gate, blocks, image, mean, sums, sumBytes);
}

export function deviate5(
  gate: usize, blocks: i32, image: usize, mean: usize, sums: usize, sumBytes: usize,
): void {
  deviateBlocks<i32>(gate, blocks, image, mean, sums, sumBytes);
}

export function deviate6(
  gate: usize, blocks: i32, image: usize, mean: usize, sums: usize, sumBytes: usize,
): void {
  deviateBlocks<f32>(gate, blocks, image, mean, sums, sumBytes);
}

export function deviate7(
  gate: usize, blocks: i32, image: usize, mean: usize, sums: usize, sumBytes: usize,
): void {
  deviateBlocks<f64>(gate, blocks, image, mean, sums, sumBytes);
}

export function invalid0(
  from: i32,
  to: i32,
  image: usize,
  mask: usize,
  dummy: f64,
  delta: f64,
  list: usize,
): i32 {
  return findInvalid<u8>(from, to, image, mask, dummy, delta, list);
}

export function invalid1(
  from: i32,
  to: i32,
  image: usize,
  mask: usize,
  dummy: f64,
  delta: f64,
  list: usize,
): i32 {
  return findInvalid<i8>(from, to, image, mask, dummy, delta, list);
}

export function invalid2(
  from: i32,
  to: i32,
  image: usize,
  mask: usize,
  dummy: f64,
  delta: f64,
  list: usize,
): i32 {
  return findInvalid<u16>(from, to, image, mask, dummy, delta, list);
}

export function invalid3(
  from: i32,
  to: i32,
  image: usize,
  mask: usize,
  dummy: f64,
  delta: f64,
  list: usize,
): i32 {
  return findInvalid<i16>(from, to, image, mask, dummy, delta, list);
}

export function invalid4(
  from: i32,
  to: i32,
  image: usize,
  mask: usize,
  dummy: f64,
  delta: f64,
  list: usize,
): i32 {
  return findInvalid<u32>(from, to, image, mask, dummy, delta, list);
}

export function invalid5(
  from: i32,
  to: i32,
  image: usize,
  mask: usize,
  dummy: f64,
  delta: f64,
  list: usize,
): i32 {
  return findInvalid<i32>(from, to, image, mask, dummy, delta, list);
}

export function invalid6(
  from: i32,
  to: i32,
  image: usize,
  mask: usize,
  dummy: f64,
  delta: f64,
  list: usize,
): i32 {
  return findInvalid<f32>(from, to, image, mask, dummy, delta, list);
}

export function invalid7(
  from: i32,
  to: i32,
  image: usize,
  mask: usize,
  dummy: f64,
  delta: f64,
  list: usize,
): i32 {
  return findInvalid<f64>(from, to, image, mask, dummy, delta, list);
}
