// A client of Chromium's DevTools protocol over its debugging pipe: messages
// are JSON, each ended by a zero byte. No port, no library between us and it.

/** Connection to one browser process. */
export class Connection {
  #out;
  #next = 1;
  #waiting = new Map(); // id → {resolve, reject}
  #listeners = new Map(); // method → function(params, session)
  #rest = Buffer.alloc(0);

  /** out and back are the two ends of the pipe (streams). */
  constructor(out, back) {
    this.#out = out;
    out.on('error', (e) => this.#fail(e));
    back.on('data', (chunk) => this.#read(chunk));
    back.on('close', () => this.#fail(new Error('the browser has gone')));
  }

  /** send resolves with the result of a method, rejects with its error. */
  send(method, params = {}, sessionId = undefined) {
    const id = this.#next++;
    return new Promise((resolve, reject) => {
      this.#waiting.set(id, { resolve, reject, method });
      this.#out.write(JSON.stringify({ id, method, params, sessionId }) + '\0');
    });
  }

  /** on sets the one listener of an event; undefined takes it away. */
  on(method, listener) {
    this.#listeners.set(method, listener);
  }

  #read(chunk) {
    let data = this.#rest.length ? Buffer.concat([this.#rest, chunk]) : chunk;
    for (let end; (end = data.indexOf(0)) >= 0; data = data.subarray(end + 1)) {
      this.#take(JSON.parse(data.toString('utf8', 0, end)));
    }
    this.#rest = data;
  }

  #take(message) {
    if (message.id === undefined) {
      this.#listeners.get(message.method)?.(message.params, message.sessionId);
      return;
    }
    const call = this.#waiting.get(message.id);
    this.#waiting.delete(message.id);
    if (message.error) call?.reject(new Error(`${call.method}: ${message.error.message}`));
    else call?.resolve(message.result);
  }

  #fail(error) {
    for (const call of this.#waiting.values()) call.reject(error);
    this.#waiting.clear();
  }
}
