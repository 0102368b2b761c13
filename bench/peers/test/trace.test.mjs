import assert from 'node:assert/strict';
import { test } from 'node:test';
import { mainThread, perInput } from '../trace.mjs';

const task = (pid, tid, ts, dur, tdur, ph = 'X') => ({ name: 'RunTask', ph, pid, tid, ts, dur, tdur });
const started = { name: 'TracingStartedInBrowser', args: { data: { frames: [
  { isInPrimaryMainFrame: false, processId: 7 }, { isInPrimaryMainFrame: true, processId: 8 },
] } } };
const named = (pid, tid, name) => ({ name: 'thread_name', pid, tid, args: { name } });

test('mainThread takes the tasks of the page and of no other thread', () => {
  const found = mainThread([
    named(7, 70, 'CrRendererMain'), started, named(8, 81, 'Compositor'), named(8, 80, 'CrRendererMain'),
    task(8, 80, 30, 1, 1), task(7, 70, 10, 1, 1), task(8, 81, 10, 1, 1), task(8, 80, 20, 2, 2), task(8, 80, 40, undefined, undefined, 'B'),
  ]);
  assert.equal(found.pid, 8);
  assert.deepEqual(found.tasks.map((t) => t.ts), [20, 30]);
});

test('mainThread refuses a trace that does not tell the thread', () => {
  assert.throws(() => mainThread([started, named(7, 70, 'CrRendererMain')]), /does not tell/);
});

test('perInput gives a task to the input that it began after', () => {
  const tasks = [task(8, 80, 50, 9000, 9000), task(8, 80, 100, 3000, 2000), task(8, 80, 199, 1000, 1000), task(8, 80, 200, 500, 250), task(8, 80, 300, 4000, 4000)];
  assert.deepEqual(perInput(tasks, [100, 200, 300]), [{ cpu: 3, busy: 4 }, { cpu: 0.25, busy: 0.5 }]);
});

test('perInput gives an input without tasks nothing', () => {
  assert.deepEqual(perInput([task(8, 80, 250, 1000, 1000)], [100, 200, 300]), [{ cpu: 0, busy: 0 }, { cpu: 1, busy: 1 }]);
});
