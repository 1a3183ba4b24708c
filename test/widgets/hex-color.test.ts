import fc from 'fast-check'
import t from 'tap'
import { hsvOfRgb, rgbOfHsv } from '../../browser/widgets/hsv.ts'
import { hexColor, hexOf, rgbOf } from '../../lib/widgets/hex-color.ts'
import type { Triple } from '../../lib/widgets/hex-color.ts'
import { Model } from './support.ts'

const colors = fc.tuple(fc.integer({ min: 0, max: 255 }), fc.integer({ min: 0, max: 255 }), fc.integer({ min: 0, max: 255 })) as fc.Arbitrary<Triple>

t.test('colours in all their spellings become one', async t => {
  for (const text of ['#ff8000', 'FF8000', '#ff8000cc', 'rgb(255, 128, 0)', ' rgb(255,128,0) ']) t.equal(hexColor(text), '#ff8000', text)
  t.equal(hexColor('#F80'), '#ff8800')
  for (const text of ['', 'red', '#ff80', 'rgba(1, 2, 3, 0.5)', 'rgb(256, 0, 0)', '#gg0000', 'rgb(1, 2)']) t.equal(hexColor(text), null, text)
  fc.assert(fc.property(colors, rgb => {
    const hex = hexOf(rgb)
    return hexColor(hex) === hex && rgbOf(hex).every((part, i) => part === rgb[i])
  }))
})

t.test('hue, saturation and value lead back to the colour; black keeps its saturation, grey its hue', async t => {
  fc.assert(fc.property(colors, rgb => hexOf(rgbOfHsv(hsvOfRgb(rgb, [0, 0, 0]))) === hexOf(rgb)))
  t.strictSame(hsvOfRgb([0, 0, 0], [120, 40, 90]), [120, 40, 0])
  t.strictSame(hsvOfRgb([255, 255, 255], [120, 40, 90]), [120, 0, 100])
})

t.test('a ColorWidget keeps what is set and what is picked, and refuses what is no colour', async t => {
  const model = new Model()
  const widget = model.create('ColorWidget', { color: 'rgb(0, 128, 255)' })
  t.equal(model.get(widget, 'get_color'), '#0080ff')
  model.call(widget, 'set_color', 'ABCDEF')
  t.equal(model.get(widget, 'get_color'), '#abcdef')
  t.throws(() => model.call(widget, 'set_color', 'blue'), RangeError)
  model.callback(widget, 'pick', '#010203')
  t.equal(model.get(widget, 'get_color'), '#010203')
  t.throws(() => model.callback(widget, 'pick', '#NaNNaNNaN'), RangeError)
  t.equal(model.get(model.create('ColorWidget', { color: 'nonsense' }), 'get_color'), '#ff0000')
})
