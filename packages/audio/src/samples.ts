/** Mono sound, full scale ±1. */
export type Samples = Float32Array | Float64Array;
