// Measures Excalidraw and tldraw on the boards of the Go bench.
// usage: node run.mjs OUT.json BOARDS [tool:cards …]
import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { Browser } from './browser.mjs';
import { play } from './measure.mjs';
import { scenes } from './scenes.mjs';
import { Server } from './serve.mjs';
import { quantile, round, sum } from './stats.mjs';
import { pageProcess } from './trace.mjs';
import { Late, sleep, within } from './wait.mjs';

const limits = { page: 20_000, load: 60_000, scene: 80_000, all: 8.5 * 60_000 }; // ms

/**
 * plan is what is measured, the most wanted first. untraced names a scene that
 * is played once more without the trace.
 */
const plan = [
  { tool: 'blank', cards: 1000, only: ['pan', 'drag'] },
  { tool: 'excalidraw', cards: 10000, untraced: 'pan' },
  { tool: 'tldraw', cards: 4000, untraced: 'pan' },
  { tool: 'excalidraw', cards: 1000 },
  { tool: 'tldraw', cards: 1000 },
  { tool: 'excalidraw', cards: 4000 },
  { tool: 'tldraw', cards: 10000 },
];

/** keyOf begins the names of what a scene of an entry measures, e.g. tldraw_pan_4000. */
const keyOf = ({ tool, cards }, what) => (tool === 'blank' ? `blank_${what}` : `${tool}_${what}_${cards}`);

/** load opens the tool with the board; it returns the process of the page. */
async function load(browser, server, p, cards) {
  await browser.open(`${server.address}/page/${p.tool}`);
  for (let waited = 0; !(await browser.ask('window.peer !== undefined')); waited += 100) {
    if (waited >= limits.page) throw new Error('the page does not start');
    await sleep(100);
  }
  const there = await within(limits.load, 'loading takes too long', browser.ask('peer.load()'));
  await browser.ask('frame()');
  if (p.tool !== 'blank' && there !== cards.length) throw new Error(`it shows ${there} of ${cards.length} cards`);
  return pageProcess(browser);
}

/** note writes the measures of a scene into the results. */
function note(results, key, r) {
  for (const [q, name] of [[0.5, 'p50'], [0.95, 'p95'], [0.99, 'p99']]) {
    results[`${key}_ms_${name}`] = round(quantile(r.inputs.map((t) => t.cpu), q));
  }
  for (const what of ['busy', 'wall']) {
    results[`${key}_${what}_ms_p50`] = round(quantile(r.inputs.map((t) => t[what]), 0.5));
  }
  results[`${key}_ms_mean`] = round(sum(r.inputs.map((t) => t.cpu)) / r.inputs.length);
  results[`${key}_kernel_ms_mean`] = round(r.kernel);
  results[`${key}_inputs`] = r.inputs.length;
  results[`${key}_zoom`] = round(r.zoom);
  results[`${key}_cards_in_view`] = r.inView;
}

/** tell prints a line for people. */
function tell(results, key) {
  const [p50, p95, p99] = ['p50', 'p95', 'p99'].map((q) => results[`${key}_ms_${q}`].toFixed(1).padStart(7));
  const rest = `${results[`${key}_inputs`]} inputs, ${results[`${key}_cards_in_view`]} cards in view`;
  console.log(`${key.padEnd(28)} ${p50} ${p95} ${p99} ms  ${rest}`);
}

/** measure plays the scenes of one tool on one board until the time is over. What fails is noted. */
async function measure(server, p, results, { pictures, end }) {
  const cards = await server.serve(p.cards);
  const browser = await Browser.start();
  try {
    results.chromium = await browser.version();
    const start = Date.now();
    const pid = await load(browser, server, p, cards);
    results[`${keyOf(p, 'load')}_wall_ms`] = Date.now() - start;
    for (const [name, scene] of Object.entries(scenes(p.tool, p.cards))) {
      if (p.only && !p.only.includes(name)) continue;
      if (Date.now() > end) throw new Error(`no time was left for ${name} and what follows`);
      const usable = await playOne(browser, scene, cards, { pid, key: keyOf(p, name), results, again: p.untraced === name });
      if (!usable) break;
      if (pictures) await browser.picture(join(pictures, `${keyOf(p, name)}.png`));
    }
  } catch (e) {
    fail(results, keyOf(p, 'board'), e);
  } finally {
    await browser.close();
  }
}

/** playOne measures one scene. It resolves to false after one that has taken too long: it still has the page. */
async function playOne(browser, scene, cards, { pid, key, results, again }) {
  const bounded = (how) => within(limits.scene, `${key} takes too long`, play(browser, scene, cards, how));
  try {
    note(results, key, await bounded({ pid }));
    tell(results, key);
    if (again) results[`${key}_untraced_kernel_ms_mean`] = round((await bounded({ pid, traced: false })).kernel);
  } catch (e) {
    fail(results, key, e);
    return !(e instanceof Late);
  }
  return true;
}

function fail(results, key, error) {
  results[`${key}_failed`] = error.message;
  console.log(`${key.padEnd(28)} failed: ${error.message}`);
}

/** versions are those that are installed. */
async function versions() {
  const list = {};
  for (const name of ['@excalidraw/excalidraw', 'tldraw', 'react']) {
    const file = new URL(`node_modules/${name}/package.json`, import.meta.url);
    list[name.split('/').pop()] = JSON.parse(await readFile(file, 'utf8')).version;
  }
  return list;
}

async function main([out, boards, ...chosen]) {
  if (!boards) throw new Error('usage: node run.mjs OUT.json BOARDS [tool:cards …]');
  const results = await versions();
  const end = Date.now() + limits.all;
  const server = new Server(boards);
  await server.start();
  try {
    console.log(`${'main thread per input'.padEnd(28)}     p50     p95     p99`);
    for (const p of plan) {
      if (chosen.length && p.tool !== 'blank' && !chosen.includes(`${p.tool}:${p.cards}`)) continue;
      if (Date.now() > end) fail(results, keyOf(p, 'board'), new Error('no time was left'));
      else await measure(server, p, results, { pictures: process.env.CORKBOARD_BENCH_PICTURES, end });
      await writeFile(out, JSON.stringify(results, null, 2) + '\n');
    }
  } finally {
    await server.close();
  }
}

await main(process.argv.slice(2));
