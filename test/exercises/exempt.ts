const UPLOADS = 'pages report drops once there are uploads'

/** Members that have no exercise, and why: `Class.method`, or `Class: action`. */
export const exempt: Readonly<Record<string, string>> = {
  'Widget: drag-over': UPLOADS,
  'Widget: drop-start': UPLOADS,
  'Widget: drop-end': UPLOADS,
  'Image.update': 'what it asks for happens by itself at the next frame'
}
