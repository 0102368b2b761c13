import assert from 'node:assert/strict';
import { test } from 'node:test';
import { inHand, inputs, inView, press, scenes } from '../scenes.mjs';

/** How the tools move their zoom with a wheel's delta, in %. */
const zooms = {
  excalidraw: (zoom, delta) => zoom - delta / 100,
  tldraw: (zoom, delta) => zoom * (1 - delta / 100),
};

for (const [tool, follow] of Object.entries(zooms)) {
  test(`${tool} goes from 1 to 0.3 and back`, () => {
    const { zoom } = scenes(tool, 1000);
    let at = 1;
    for (let i = 0; i < 100; i++) {
      const { deltaX, deltaY, modifiers } = zoom.input(i);
      assert.equal(deltaX, 0);
      assert.equal(modifiers, 2);
      assert.ok(Math.abs(deltaY) <= 10, 'tools cut off larger steps');
      at = follow(at, deltaY);
      if (i === 49) assert.ok(Math.abs(at - 0.3) < 1e-9, `${at} after 50`);
    }
    assert.ok(Math.abs(at - 1) < 1e-9, `${at} after 100`);
  });
}

test('panning ends where it began, swaying stays near', () => {
  for (const [name, most] of [['pan', 30 * inputs / 2], ['fit', 120]]) {
    const { input } = scenes('tldraw', 4000)[name];
    let [x, far] = [0, 0];
    for (let i = 0; i < inputs; i++) far = Math.max(far, Math.abs(x += input(i).deltaX));
    assert.equal(far, most, name);
    if (name === 'pan') assert.equal(x, 0);
  }
});

const cards = [{ x: 0, y: 0, w: 100, h: 100 }, { x: 900, y: 500, w: 100, h: 50 }, { x: 1600, y: 0, w: 100, h: 100 }];

test('inHand takes the card in the middle of the window', () => {
  assert.equal(inHand(cards, { x: 0, y: 0 }), 1);
  assert.equal(inHand(cards, { x: 850, y: -450 }), 2);
});

test('inView counts what the window shows at a zoom', () => {
  assert.equal(inView(cards, { x: 0, y: 0, zoom: 1 }), 2, 'the third begins where the window ends');
  assert.equal(inView(cards, { x: 0, y: 0, zoom: 0.5 }), 3);
  assert.equal(inView(cards, { x: 100, y: 0, zoom: 1 }), 2, 'the first ends where the window begins');
});

test('a card is let go where an input of its drag lies', () => {
  const { type, x, y, buttons } = press('mouseReleased', scenes('tldraw', 1000).drag.input(0));
  assert.deepEqual({ type, x, y, buttons }, { type: 'mouseReleased', x: 1000, y: 500, buttons: 0 });
});
