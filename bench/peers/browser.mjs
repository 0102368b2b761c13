// Chromium as it is measured: Debian's package, headless, drawn in software,
// one page of 1600×1000, nothing reachable but this machine.
import { spawn } from 'node:child_process';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Connection } from './cdp.mjs';
import { within } from './wait.mjs';

export const width = 1600;
export const height = 1000;

const flags = [
  '--headless', '--no-sandbox', '--disable-gpu', '--remote-debugging-pipe',
  '--no-first-run', '--no-default-browser-check', '--disable-quic', '--disable-sync',
  '--disable-background-networking', '--disable-component-update', '--disable-default-apps',
  '--disable-extensions', '--disable-features=Translate,OptimizationHints,MediaRouter',
  '--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1',
  '--hide-scrollbars', '--mute-audio', '--force-device-scale-factor=1', '--force-color-profile=srgb',
  `--window-size=${width},${height}`,
];

/** Browser is one process with one page; close ends it and removes its profile. */
export class Browser {
  static async start(program = process.env.CHROMIUM ?? 'chromium') {
    const profile = await mkdtemp(join(tmpdir(), 'peers-chromium-'));
    const child = spawn(program, [...flags, `--user-data-dir=${profile}`, 'about:blank'], {
      stdio: ['ignore', 'ignore', 'ignore', 'pipe', 'pipe'],
    });
    const b = new Browser(child, profile);
    try {
      await within(20_000, 'the browser does not start', b.#open());
      return b;
    } catch (e) {
      await b.close();
      throw e;
    }
  }

  constructor(child, profile) {
    this.child = child;
    this.profile = profile;
    this.failed = new Promise((_, reject) => child.once('error', reject));
    this.failed.catch(() => {});
    this.gone = new Promise((done) => child.once('close', done));
    this.link = new Connection(child.stdio[3], child.stdio[4]);
  }

  async #open() {
    const targets = await Promise.race([this.failed, this.link.send('Target.getTargets')]);
    const page = targets.targetInfos.find((t) => t.type === 'page');
    const { sessionId } = await this.link.send('Target.attachToTarget', { targetId: page.targetId, flatten: true });
    this.session = sessionId;
    await this.page('Page.enable');
    await this.page('Emulation.setDeviceMetricsOverride', { width, height, deviceScaleFactor: 1, mobile: false });
  }

  /** page sends a method to the page. */
  page(method, params) {
    return this.link.send(method, params, this.session);
  }

  /** version is what the browser says of itself, e.g. "Chrome/156.0.8078.79". */
  async version() {
    return (await this.link.send('Browser.getVersion')).product;
  }

  /** open goes to an address and returns when the document is there. */
  async open(url) {
    const { errorText } = await this.page('Page.navigate', { url });
    if (errorText) throw new Error(`${url}: ${errorText}`);
  }

  /** ask evaluates an expression in the page, waits for its promise, returns its value. */
  async ask(expression) {
    const r = await this.page('Runtime.evaluate', { expression, awaitPromise: true, returnByValue: true });
    if (r.exceptionDetails) {
      throw new Error(r.exceptionDetails.exception?.description ?? r.exceptionDetails.text);
    }
    return r.result.value;
  }

  async picture(path) {
    const { data } = await this.page('Page.captureScreenshot', { format: 'png' });
    await writeFile(path, Buffer.from(data, 'base64'));
  }

  async close() {
    if (this.child.pid !== undefined) {
      this.link.send('Browser.close').catch(() => {});
      await within(5_000, 'slow', this.gone).catch(() => this.child.kill('SIGKILL'));
    }
    await rm(this.profile, { recursive: true, force: true, maxRetries: 10, retryDelay: 200 });
  }
}
