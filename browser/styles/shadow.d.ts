/** A style sheet for a shadow root, as text. */
declare module '*.shadow.css' {
  const text: string
  export default text
}
