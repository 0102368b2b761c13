// What the page's main thread does, from Chromium's own trace: each task that
// the thread runs is an event RunTask with its begin (ts), its duration (dur)
// and the processor time of the thread in it (tdur), all in microseconds.
import { readFile } from 'node:fs/promises';

const category = 'disabled-by-default-devtools.timeline';

/** now is the clock of the trace, in microseconds. */
export const now = () => Number(process.hrtime.bigint()) / 1000;

/** Trace records from start to stop. */
export class Trace {
  #browser;
  #events = [];

  constructor(browser) {
    this.#browser = browser;
  }

  async start() {
    const { link } = this.#browser;
    link.on('Tracing.dataCollected', ({ value }) => this.#take(value));
    await this.#browser.page('Tracing.start', {
      transferMode: 'ReportEvents',
      traceConfig: { recordMode: 'recordContinuously', includedCategories: [category], excludedCategories: ['*'] },
    });
  }

  #take(events) {
    for (const e of events) {
      if (e.name === 'RunTask' || e.name === 'TracingStartedInBrowser' || e.name === 'thread_name') this.#events.push(e);
    }
  }

  /** stop returns the tasks of the page's main thread and its process. */
  async stop() {
    const { link } = this.#browser;
    const complete = new Promise((done) => link.on('Tracing.tracingComplete', done));
    await this.#browser.page('Tracing.end');
    const { dataLossOccurred } = await complete;
    if (dataLossOccurred) throw new Error('the trace has lost events');
    return mainThread(this.#events);
  }
}

/** mainThread picks {pid, tasks} of the page's main thread, tasks by their begin. */
export function mainThread(events) {
  const frames = events.find((e) => e.name === 'TracingStartedInBrowser')?.args.data.frames ?? [];
  const pid = frames.find((f) => f.isInPrimaryMainFrame)?.processId;
  const thread = events.find((e) => e.name === 'thread_name' && e.pid === pid && e.args.name === 'CrRendererMain');
  if (!thread) throw new Error('the trace does not tell the main thread of the page');
  // A task that the end of the trace cuts off has no duration; its phase is B.
  const own = (e) => e.name === 'RunTask' && e.ph === 'X' && e.pid === pid && e.tid === thread.tid;
  return { pid, tasks: events.filter(own).sort((a, b) => a.ts - b.ts) };
}

/** pageProcess is the process that the page lives in. */
export async function pageProcess(browser) {
  const trace = new Trace(browser);
  await trace.start();
  await browser.ask('frame()');
  return (await trace.stop()).pid;
}

/** processor is the time that the main thread of a process has had, in ms, as the kernel counts it. */
export async function processor(pid) {
  return Number((await readFile(`/proc/${pid}/task/${pid}/schedstat`, 'utf8')).split(' ')[0]) / 1e6;
}

/**
 * perInput gives every input the tasks that began after it and before the next
 * mark, as milliseconds {cpu, busy}: of the thread's processor, and of wall time
 * in tasks. marks are times in microseconds, ascending; input i lies at
 * marks[i], the last mark ends the last input.
 */
export function perInput(tasks, marks) {
  const sums = marks.slice(1).map(() => ({ cpu: 0, busy: 0 }));
  let i = 0;
  for (const t of tasks) {
    while (i < marks.length && t.ts >= marks[i]) i++;
    if (i === 0 || i === marks.length) continue;
    sums[i - 1].cpu += t.tdur / 1000;
    sums[i - 1].busy += t.dur / 1000;
  }
  return sums;
}
