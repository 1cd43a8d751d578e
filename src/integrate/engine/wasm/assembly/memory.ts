import { NEXT_FREE, PARAMETERS, WHOLE_PARAMETERS } from "../parameters";

/** A plan's parameter. */
// @ts-expect-error: decorator
@inline
export function parameter(index: i32): f64 {
  return load<f64>(PARAMETERS + (index << 3));
}

/** A parameter that is a number of things, or a choice. */
// @ts-expect-error: decorator
@inline
export function whole(index: i32): i32 {
  return load<i32>(WHOLE_PARAMETERS + (index << 2));
}

/** A parameter that is an address. */
// @ts-expect-error: decorator
@inline
export function address(index: i32): usize {
  return <usize>load<u32>(WHOLE_PARAMETERS + (index << 2));
}

/** Takes bytes from the shared memory, which grows as needed; any thread may call it at any time. */
export function allocate(bytes: usize): usize {
  const size = (bytes + 63) & ~63;
  const start = <usize>atomic.add<u32>(NEXT_FREE, <u32>size);
  const end = start + size;
  if (end < start) unreachable();
  while ((<usize>memory.size()) << 16 < end) {
    const missing = ((end - ((<usize>memory.size()) << 16)) + 0xffff) >> 16;
    // Another thread may have grown it meanwhile, so that the limit is met by less.
    if (memory.grow(<i32>missing) < 0 && (<usize>memory.size()) << 16 < end) unreachable();
  }
  return start;
}
