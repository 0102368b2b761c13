// Serves the pages, the fonts and icons of the tools, a board and its pictures
// on a port of this machine.
import { createServer } from 'node:http';
import { readFile } from 'node:fs/promises';
import { extname, join, normalize } from 'node:path';
import { fileURLToPath } from 'node:url';

const here = fileURLToPath(new URL('.', import.meta.url));

const types = {
  '.css': 'text/css', '.html': 'text/html', '.jpg': 'image/jpeg', '.js': 'text/javascript',
  '.json': 'application/json', '.png': 'image/png', '.svg': 'image/svg+xml', '.woff2': 'font/woff2',
};

/** Server serves one board at a time: serve(file) names it. */
export class Server {
  #board = '';
  #folders; // by the beginning of the address; the first that fits counts

  /** boards is the folder with the boards and their pictures. */
  constructor(boards) {
    this.boards = boards;
    const excalidraw = join(here, 'node_modules/@excalidraw/excalidraw/dist/prod');
    this.#folders = [
      ['/out/fonts/', join(excalidraw, 'fonts')], // as its style sheet names them
      ['/out/', join(here, 'out')],
      ['/excalidraw/', excalidraw],
      ['/tldraw/', join(here, 'node_modules/@tldraw/assets')],
      ['/board/', boards],
    ];
  }

  /** serve reads the board of n cards and gives it to the pages from now on. */
  async serve(n) {
    this.#board = await readFile(join(this.boards, `board_${n}.json`), 'utf8');
    return JSON.parse(this.#board);
  }

  async start() {
    this.server = createServer((request, response) => {
      this.#answer(decodeURIComponent(new URL(request.url, 'http://127.0.0.1').pathname))
        .then(({ type, body }) => response.writeHead(200, { 'content-type': type }).end(body))
        .catch((e) => response.writeHead(404).end(e.message));
    });
    await new Promise((done, failed) => {
      this.server.once('error', failed);
      this.server.listen(0, '127.0.0.1', done);
    });
    this.address = `http://127.0.0.1:${this.server.address().port}`;
  }

  close() {
    this.server.closeAllConnections();
    return new Promise((done) => this.server.close(done));
  }

  async #answer(path) {
    const tool = /^\/page\/(excalidraw|tldraw|blank)$/.exec(path);
    if (tool) {
      const text = await readFile(join(here, 'pages/index.html'), 'utf8');
      return { type: types['.html'], body: text.replaceAll('TOOL', tool[1]) };
    }
    if (path === '/board.json') return { type: types['.json'], body: this.#board };
    return this.#file(normalize(path));
  }

  async #file(path) {
    const folder = this.#folders.find(([start]) => path.startsWith(start));
    if (!folder) throw new Error(`there is no ${path}`);
    const body = await readFile(join(folder[1], path.slice(folder[0].length)));
    return { type: types[extname(path)] ?? 'application/octet-stream', body };
  }
}
