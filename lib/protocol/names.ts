/** Wire names are few, and asked for at every call. */
const camelCased = new Map<string, string>()

/** `set_text` to `setText`; the one rule by which names of definitions become TypeScript names. */
export function camelCase (wire: string): string {
  let name = camelCased.get(wire)
  if (name === undefined) {
    name = wire.replace(/_+([a-zA-Z0-9])/g, (_, letter: string) => letter.toUpperCase()).replace(/_+$/, '')
    camelCased.set(wire, name)
  }
  return name
}

/** `setText` to `set_text`. */
export function snakeCase (name: string): string {
  return name.replace(/[A-Z]/g, letter => '_' + letter.toLowerCase())
}
