import assert from 'node:assert/strict';
import { PassThrough } from 'node:stream';
import { test } from 'node:test';
import { Connection } from '../cdp.mjs';
import { quantile } from '../stats.mjs';
import { Late, within } from '../wait.mjs';

/** A connection whose other side is written by hand. */
function pair() {
  const [out, back] = [new PassThrough(), new PassThrough()];
  return { link: new Connection(out, back), out, back };
}

test('an answer in pieces reaches its caller', async () => {
  const { link, out, back } = pair();
  const answer = link.send('A.b', { c: 1 }, 's');
  assert.deepEqual(JSON.parse(out.read().toString().slice(0, -1)), { id: 1, method: 'A.b', params: { c: 1 }, sessionId: 's' });
  const heard = [];
  link.on('E.f', (params) => heard.push(params));
  const bytes = Buffer.from('{"method":"E.f","params":{"g":"ü"}}\0{"id":1,"result":{"d":2}}\0');
  for (const b of bytes) back.write(Buffer.of(b));
  assert.deepEqual(await answer, { d: 2 });
  assert.deepEqual(heard, [{ g: 'ü' }]);
});

test('an error and a lost browser reject', async () => {
  const { link, back } = pair();
  const [first, second] = [link.send('A.b'), link.send('A.c')];
  back.write('{"id":1,"error":{"message":"no"}}\0');
  await assert.rejects(first, /A\.b: no/);
  back.destroy();
  await assert.rejects(second, /has gone/);
});

test('within is late', async () => {
  assert.equal(await within(1000, 'slow', Promise.resolve(3)), 3);
  await assert.rejects(within(1, 'slow', new Promise(() => {})), Late);
});

test('quantile is the value that a part does not exceed', () => {
  const list = [5, 1, 4, 2, 3];
  assert.deepEqual([0, 0.2, 0.5, 0.95, 1].map((q) => quantile(list, q)), [1, 1, 3, 5, 5]);
  assert.ok(Number.isNaN(quantile([], 0.5)));
});
