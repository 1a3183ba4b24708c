/** What the elements of a binary transfer may be, by the protocol's name (`dtype`). Their bytes are little-endian. */
export const typedArrays = {
  uint8: Uint8Array,
  uint16: Uint16Array,
  uint32: Uint32Array,
  int8: Int8Array,
  int16: Int16Array,
  int32: Int32Array,
  float32: Float32Array,
  float64: Float64Array
} as const

/** Whether there is an array type of this name. */
export const isTypedArray = (dtype: unknown): dtype is keyof typeof typedArrays => typeof dtype === 'string' && Object.hasOwn(typedArrays, dtype)
