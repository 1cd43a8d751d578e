// The kernels' door: what JavaScript calls. A function for each element type, numbered as in
// element-types.ts: one large function for all of them is compiled to code that is ten times slower.
import { deviateRows } from "./deviation";
import { findInvalid } from "./invalid";
import { squareRows, sumPoissonRows, sumRows } from "./sums";

export { finishSquares, finishSums } from "./finish";
export { startCells } from "./cells";
export { divideRows, extendRows, startRows } from "./split";
export { divideTogether, linesTogether, normalizeTogether } from "./work";
export { countGroups, squareValues, validPixels } from "./values";

export function clear(start: usize, bytes: usize): void {
  memory.fill(start, 0, bytes);
}

/** Σ c²·value of float64 values. */
export function square(
  from: i32,
  to: i32,
  values: usize,
  squares: usize,
  pairSquares: usize,
): void {
  squareRows<f64>(from, to, values, squares, pairSquares);
}

export function sum0(from: i32, to: i32, image: usize, short: usize, pairs: usize): void {
  sumRows<u8>(from, to, image, short, pairs);
}

export function sum1(from: i32, to: i32, image: usize, short: usize, pairs: usize): void {
  sumRows<i8>(from, to, image, short, pairs);
}

export function sum2(from: i32, to: i32, image: usize, short: usize, pairs: usize): void {
  sumRows<u16>(from, to, image, short, pairs);
}

export function sum3(from: i32, to: i32, image: usize, short: usize, pairs: usize): void {
  sumRows<i16>(from, to, image, short, pairs);
}

export function sum4(from: i32, to: i32, image: usize, short: usize, pairs: usize): void {
  sumRows<u32>(from, to, image, short, pairs);
}

export function sum5(from: i32, to: i32, image: usize, short: usize, pairs: usize): void {
  sumRows<i32>(from, to, image, short, pairs);
}

export function sum6(from: i32, to: i32, image: usize, short: usize, pairs: usize): void {
  sumRows<f32>(from, to, image, short, pairs);
}

export function sum7(from: i32, to: i32, image: usize, short: usize, pairs: usize): void {
  sumRows<f64>(from, to, image, short, pairs);
}

export function sumPoisson0(
  from: i32,
  to: i32,
  image: usize,
  short: usize,
  pairs: usize,
  squares: usize,
  pairSquares: usize,
): void {
  sumPoissonRows<u8>(from, to, image, short, pairs, squares, pairSquares);
}

export function sumPoisson1(
  from: i32,
  to: i32,
  image: usize,
  short: usize,
  pairs: usize,
  squares: usize,
  pairSquares: usize,
): void {
  sumPoissonRows<i8>(from, to, image, short, pairs, squares, pairSquares);
}

export function sumPoisson2(
  from: i32,
  to: i32,
  image: usize,
  short: usize,
  pairs: usize,
  squares: usize,
  pairSquares: usize,
): void {
  sumPoissonRows<u16>(from, to, image, short, pairs, squares, pairSquares);
}

export function sumPoisson3(
  from: i32,
  to: i32,
  image: usize,
  short: usize,
  pairs: usize,
  squares: usize,
  pairSquares: usize,
): void {
  sumPoissonRows<i16>(from, to, image, short, pairs, squares, pairSquares);
}

export function sumPoisson4(
  from: i32,
  to: i32,
  image: usize,
  short: usize,
  pairs: usize,
  squares: usize,
  pairSquares: usize,
): void {
  sumPoissonRows<u32>(from, to, image, short, pairs, squares, pairSquares);
}

export function sumPoisson5(
  from: i32,
  to: i32,
  image: usize,
  short: usize,
  pairs: usize,
  squares: usize,
  pairSquares: usize,
): void {
  sumPoissonRows<i32>(from, to, image, short, pairs, squares, pairSquares);
}

export function sumPoisson6(
  from: i32,
  to: i32,
  image: usize,
  short: usize,
  pairs: usize,
  squares: usize,
  pairSquares: usize,
): void {
  sumPoissonRows<f32>(from, to, image, short, pairs, squares, pairSquares);
}

export function sumPoisson7(
  from: i32,
  to: i32,
  image: usize,
  short: usize,
  pairs: usize,
  squares: usize,
  pairSquares: usize,
): void {
  sumPoissonRows<f64>(from, to, image, short, pairs, squares, pairSquares);
}

export function deviate0(from: i32, to: i32, image: usize, mean: usize, sums: usize): void {
  deviateRows<u8>(from, to, image, mean, sums);
}

export function deviate1(from: i32, to: i32, image: usize, mean: usize, sums: usize): void {
  deviateRows<i8>(from, to, image, mean, sums);
}

export function deviate2(from: i32, to: i32, image: usize, mean: usize, sums: usize): void {
  deviateRows<u16>(from, to, image, mean, sums);
}

export function deviate3(from: i32, to: i32, image: usize, mean: usize, sums: usize): void {
  deviateRows<i16>(from, to, image, mean, sums);
}

export function deviate4(from: i32, to: i32, image: usize, mean: usize, sums: usize): void {
  deviateRows<u32>(from, to, image, mean, sums);
}

export function deviate5(from: i32, to: i32, image: usize, mean: usize, sums: usize): void {
  deviateRows<i32>(from, to, image, mean, sums);
}

export function deviate6(from: i32, to: i32, image: usize, mean: usize, sums: usize): void {
  deviateRows<f32>(from, to, image, mean, sums);
}

export function deviate7(from: i32, to: i32, image: usize, mean: usize, sums: usize): void {
  deviateRows<f64>(from, to, image, mean, sums);
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
