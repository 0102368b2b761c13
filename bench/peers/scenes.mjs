// The scenes: what a hand does, one input a frame, as bench/scenes.go does it.
import { height, width } from './browser.mjs';

export const inputs = 300;
export const fewest = 60; // of a slow scene, unless it needs more; see patience
const middle = { x: width / 2, y: height / 2 };
const notches = 50; // from zoom 1 to 0.3
const sway = 4; // inputs one way; not a divisor of where the state is looked at

const wheel = (dx, dy, modifiers = 0) => ({
  type: 'mouseWheel', ...middle, deltaX: dx, deltaY: dy, modifiers, pointerType: 'mouse',
});
const ctrl = 2;

/** panning turns the wheel over fresh ground for half of the time, then back. */
function panning(i) {
  const by = i < inputs / 2 ? 1 : -1;
  return wheel(30 * by, 15 * by);
}

/** swaying turns it a little to and fro, so that all stays in view. */
function swaying(i) {
  const by = Math.floor(i / sway) % 2 === 0 ? 1 : -1;
  return wheel(30 * by, 15 * by);
}

/**
 * steps are the wheel's deltas of a notch out and a notch in, so that 50 lead
 * from 1 to 0.3 and 50 back. Excalidraw takes delta % off the zoom, tldraw
 * multiplies it by 1 - delta %.
 */
const notch = 0.3 ** (1 / notches);
const steps = {
  excalidraw: { out: 70 / notches, in: -70 / notches },
  tldraw: { out: 100 * (1 - notch), in: 100 * (1 - 1 / notch) },
  blank: { out: 1, in: -1 },
};

function zooming(tool) {
  const { out, in: back } = steps[tool];
  return (i) => wheel(0, Math.floor(i / notches) % 2 === 0 ? out : back, ctrl);
}

/** circle is a place on the way of a dragged card. */
function circle(i) {
  const turn = (2 * Math.PI * i) / 100;
  return { x: middle.x + 200 * Math.cos(turn), y: middle.y + 150 * Math.sin(turn) };
}

/** press is the left button going down or up at a place. */
export const press = (type, { x, y }) => ({ type, x, y, button: 'left', buttons: type === 'mouseReleased' ? 0 : 1, clickCount: 1 });

/** inHand is the index of the card nearest to the middle of the window over the board's point from. */
export function inHand(cards, from) {
  const far = (c) => Math.hypot(from.x + middle.x - (c.x + c.w / 2), from.y + middle.y - (c.y + c.h / 2));
  return cards.reduce((best, c, i) => (far(c) < far(cards[best]) ? i : best), 0);
}

/** grounds are the board's points where the scenes begin, by the number of cards. */
const grounds = { 1000: { x: 3000, y: 2000 }, 4000: { x: 15000, y: 4000 }, 10000: { x: 15000, y: 12000 } };

/**
 * scenes of a tool on a board of n cards, by name:
 *   from    the board's point in the left upper corner
 *   fits    everything is brought in view instead
 *   input   the CDP event of input i
 *   fewest  inputs, if not those of all scenes
 *   grabs   a card is in the hand meanwhile
 *   worked  says from the state before and in the middle whether the tool did it
 */
export function scenes(tool, n) {
  const blank = tool === 'blank'; // follows nothing
  const moved = (a, b) => blank || Math.abs(b.x - a.x) > 1;
  const from = grounds[n];
  return {
    pan: { from, input: panning, worked: moved },
    drag: {
      from,
      input: (i) => ({ type: 'mouseMoved', ...circle(i), button: 'left', buttons: 1 }),
      grabs: true,
      worked: (a, b) => moved(a.card, b.card),
    },
    zoom: {
      from,
      input: zooming(tool),
      fewest: 2 * notches, // out and in cost differently
      worked: (a, b) => blank || (Math.abs(a.zoom - 1) < 0.01 && b.zoom > 0.25 && b.zoom < 0.35),
    },
    fit: { from, fits: true, input: swaying, worked: moved },
  };
}

/** inView counts the cards that a state of the camera shows. */
export function inView(cards, { x, y, zoom }) {
  const [right, bottom] = [x + width / zoom, y + height / zoom];
  return cards.filter((c) => c.x < right && c.y < bottom && c.x + c.w > x && c.y + c.h > y).length;
}
