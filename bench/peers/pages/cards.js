// What the pages of all tools share: the board they show and how they answer.
//
// A page sets window.peer, an object of functions that the runner calls:
//   load()          puts the board's cards there, resolves to how many there are
//   look(x, y)      the board's point (x, y) to the left upper corner, zoom 1
//   fit()           the tool's own "zoom to everything", without a glide
//   clear()         selects nothing
//   state(index)    {x, y, zoom, card: {x, y}}: the board's point in the left
//                   upper corner, and where the card with that index lies

/** get is the board that the runner serves: [{kind, x, y, w, h, text, image}]. */
export async function get() {
  const r = await fetch('/board.json');
  if (!r.ok) throw new Error(`board: ${r.status}`);
  return r.json();
}

export const isPicture = (card) => card.kind === 'image';

/** pictures are the different pictures of a board. */
export const pictures = (cards) => [...new Set(cards.filter(isPicture).map((c) => c.image))];

/** address of a picture. */
export const address = (image) => new URL(`/board/${image}`, location.origin).href;

/** pictureSize is that of every picture, in pixels. */
export const pictureSize = { w: 800, h: 600 };

/** colours of cards by kind, as near as the tools come to them. */
const colours = {
  text: { excalidraw: '#ffffff', tldraw: 'black' },
  todo: { excalidraw: '#ebfbee', tldraw: 'light-green' },
  pdf: { excalidraw: '#fff5f5', tldraw: 'light-red' },
  file: { excalidraw: '#f8f9fa', tldraw: 'grey' },
  board: { excalidraw: '#e7f5ff', tldraw: 'light-blue' },
};

export const colour = (card, tool) => (colours[card.kind] ?? colours.text)[tool];
