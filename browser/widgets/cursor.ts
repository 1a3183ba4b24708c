/** A picture to be used as mouse cursor. All lengths px. */
interface CursorPicture {
  readonly url: string
  readonly hotspotX: number
  readonly hotspotY: number
  readonly size: readonly [width: number, height: number] | null
}

const declaration = (url: string, { hotspotX, hotspotY }: CursorPicture): string =>
  `url(${JSON.stringify(url)}) ${hotspotX} ${hotspotY}, auto`

/**
 * Finds the CSS value for a cursor. `ready` is called with it, at once where no scaling is asked for, and with null
 * where the picture cannot be loaded.
 */
export function loadCursor (picture: CursorPicture, ready: (css: string | null) => void): void {
  const url = new URL(picture.url, document.baseURI).href
  if (picture.size === null) return ready(declaration(url, picture))
  const [width, height] = picture.size
  const image = new Image(width, height)
  image.addEventListener('load', () => {
    const canvas = document.createElement('canvas')
    canvas.width = width
    canvas.height = height
    canvas.getContext('2d')?.drawImage(image, 0, 0, width, height)
    ready(declaration(canvas.toDataURL(), picture))
  })
  image.addEventListener('error', () => ready(null))
  image.src = url
}
