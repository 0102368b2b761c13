// Plays one scene in a page and measures the main thread.
import { fewest, inHand, inputs, inView, press } from './scenes.mjs';
import { now, perInput, processor, Trace } from './trace.mjs';
import { sum } from './stats.mjs';
import { sleep } from './wait.mjs';

const warmUp = { inputs: 20, millis: 4_000 }; // does not count; it ends with the first of both
const settling = 1000; // ms: pictures arrive, caches fill
const patience = 25_000; // ms: after it a scene ends early, with the fewest inputs at least

/** put moves the camera to where the scene begins, without input. */
async function put(browser, { from, fits }) {
  await sleep(settling / 4); // tools keep input for a frame or two
  await browser.ask(fits ? 'peer.fit()' : `peer.look(${from.x}, ${from.y})`);
  await sleep(settling);
  await browser.ask('frame()');
}

/** give sends one input and waits until its frame is drawn. */
const give = (browser, event) =>
  Promise.all([browser.page('Input.dispatchMouseEvent', event), browser.ask('frame()')]);

/** release lets the card go, and the selection. */
async function release(browser, at) {
  await give(browser, press('mouseReleased', at));
  await browser.ask('peer.clear()');
}

/** grab takes the card into the hand; the pointer stays down. */
async function grab(browser, from, card) {
  const at = { x: card.x + card.w / 2 - from.x, y: card.y + card.h / 2 - from.y };
  await give(browser, { type: 'mouseMoved', ...at, button: 'none', buttons: 0 });
  await give(browser, press('mousePressed', at));
}

/** prepare brings the page to where the first input counts. */
async function prepare(browser, scene, card) {
  await put(browser, scene);
  if (scene.grabs) await grab(browser, scene.from, card);
  const start = now();
  for (let i = 0; i < warmUp.inputs && now() - start < warmUp.millis * 1000; i++) await give(browser, scene.input(i));
  if (!scene.grabs) await put(browser, scene);
}

/**
 * run gives the inputs, one a frame. It returns marks (see perInput), which of
 * them are inputs (the others are looks at the page), and what state told.
 */
async function run(browser, scene, index) {
  const marks = [];
  const isInput = [];
  let state;
  const start = now();
  for (let i = 0; i < inputs; i++) {
    if (i >= (scene.fewest ?? fewest) && now() - start > patience * 1000) break;
    if (i === fewest - 10 || i === inputs / 2) {
      marks.push(now());
      isInput.push(false);
      state = await browser.ask(`peer.state(${index})`);
    }
    marks.push(now());
    isInput.push(true);
    await give(browser, scene.input(i));
  }
  marks.push(now());
  return { marks, isInput, state };
}

/**
 * play measures a scene in the page of process pid:
 *   inputs          {cpu, busy, wall} in ms of each; empty if not traced
 *   zoom, inView    of the camera in the middle of the scene
 *   kernel          mean processor time of the main thread for an input, in ms
 */
export async function play(browser, scene, cards, { pid, traced = true }) {
  const index = inHand(cards, scene.from);
  await prepare(browser, scene, cards[index]);
  const before = await browser.ask(`peer.state(${index})`);
  const trace = new Trace(browser);
  if (traced) await trace.start();
  const began = await processor(pid);
  const { marks, isInput, state } = await run(browser, scene, index);
  const kernel = (await processor(pid) - began) / sum(isInput);
  const { tasks } = traced ? await trace.stop() : { tasks: [] };
  if (scene.grabs) await release(browser, scene.input(0));
  if (!scene.worked(before, state)) {
    throw new Error(`the tool did not follow: ${JSON.stringify(before)} → ${JSON.stringify(state)}`);
  }
  const costs = perInput(tasks, marks).map((t, i) => ({ ...t, wall: (marks[i + 1] - marks[i]) / 1000 }));
  return { inputs: traced ? costs.filter((_, i) => isInput[i]) : [], zoom: state.zoom, inView: inView(cards, state), kernel };
}
