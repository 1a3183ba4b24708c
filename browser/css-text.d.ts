/** A sheet as text, for script to adopt (`browser/evaluated.ts`). */
declare module '*.css' {
  const text: string
  export default text
}
