/** The looks of HTML from servers. It lives in a shadow root, which takes nothing from the sheets of the page but the theme's properties. */
export default `
.content { padding: var(--pg-space-3) var(--pg-space-4); overflow-wrap: break-word; }
.content.filling { height: 100%; padding: 0; overflow: hidden; }
.content > :first-child { margin-block-start: 0; }
.content > :last-child { margin-block-end: 0; }
h1, h2, h3, h4, h5, h6 { margin: 1.2em 0 0.4em; font-weight: 600; line-height: 1.25; }
h1 { font-size: 20px; }
h2 { font-size: 17px; }
h3 { font-size: var(--pg-text-large); }
h4, h5, h6 { font-size: inherit; }
p, ul, ol, dl, table, pre, blockquote, figure { margin: 0 0 0.8em; }
ul, ol { padding-inline-start: 1.6em; }
dt { font-weight: 600; }
dd { margin-inline-start: 1.2em; }
a { color: var(--pg-accent); text-underline-offset: 2px; }
a:hover { color: var(--pg-accent-hover); }
:focus-visible { outline: 2px solid var(--pg-focus); outline-offset: 2px; border-radius: 2px; }
code, kbd, samp, pre { font-family: var(--pg-mono); font-size: var(--pg-text-small); }
code, kbd { padding: 1px 4px; border-radius: var(--pg-radius-small); background-color: var(--pg-surface-sunken); }
pre { padding: var(--pg-space-2) var(--pg-space-3); overflow-x: auto; border-radius: var(--pg-radius); background-color: var(--pg-surface-sunken); }
pre code { padding: 0; background: none; }
blockquote { padding-inline-start: var(--pg-space-3); border-inline-start: 3px solid var(--pg-line); color: var(--pg-ink-soft); }
hr { height: 1px; margin: var(--pg-space-4) 0; border: 0; background-color: var(--pg-line); }
table { border-collapse: collapse; font-variant-numeric: tabular-nums; }
th, td { padding: 5px 10px; border-block-end: 1px solid var(--pg-line); text-align: start; vertical-align: top; }
th { font-weight: 600; }
thead th { border-block-end-color: var(--pg-line-strong); color: var(--pg-ink-soft); }
caption { padding-block-end: var(--pg-space-1); color: var(--pg-ink-soft); text-align: start; }
img, svg, video { max-width: 100%; height: auto; }
.filling > :is(img, svg, video):only-child { display: block; width: 100%; height: 100%; object-fit: contain; }
iframe { max-width: 100%; border: 0; }
mark { border-radius: 2px; }
@media (forced-colors: active) { hr { background-color: CanvasText; } }
`
