/** `set_text` to `setText`; the one rule by which wire names become TypeScript names. */
export function camelCase (wire: string): string {
  return wire.replace(/_+([a-zA-Z0-9])/g, (_, letter: string) => letter.toUpperCase()).replace(/_+$/, '')
}

/** `setText` to `set_text`. */
export function snakeCase (name: string): string {
  return name.replace(/[A-Z]/g, letter => '_' + letter.toLowerCase())
}
