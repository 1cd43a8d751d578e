import { PARAMETER_COUNT, PARAMETERS } from "../parameters";

// @ts-expect-error: decorator
@inline
export function parameter(index: i32): f64 {
  return load<f64>(PARAMETERS + (index << 3));
}

// @ts-expect-error: decorator
@inline
export function whole(index: i32): i32 {
  return <i32>parameter(index);
}

// @ts-expect-error: decorator
@inline
export function address(index: i32): usize {
  return <usize>parameter(index);
}

const splats: usize = memory.data(16 * PARAMETER_COUNT, 16);

/** Makes every parameter a vector of four, because turning one into four takes longer than reading them. */
export function startParameters(): void {
  for (let index = 0; index < PARAMETER_COUNT; index++) {
    v128.store(splats + (<usize>index << 4), f32x4.splat(<f32>parameter(index)));
  }
}

/** A parameter four times. */
// @ts-expect-error: decorator
@inline
export function splat(index: i32): v128 {
  return v128.load(splats + (<usize>index << 4));
}
