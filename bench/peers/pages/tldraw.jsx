// tldraw as it comes, with a board of cards: a card is a filled rectangle with
// rich text, a picture is an image shape. Its fonts and icons are served from
// this machine. It takes 4,000 shapes and none of a board that has more.
import { createRoot } from 'react-dom/client';
import { AssetRecordType, createShapeId, Tldraw, toRichText } from 'tldraw';
import { getAssetUrls } from '@tldraw/assets/selfHosted';
import 'tldraw/tldraw.css';
import { address, colour, get, isPicture, pictureSize, pictures } from './cards.js';

let editor;
let ids = []; // of the shapes, by card

const assetId = (image) => AssetRecordType.createId(image);

function asset(image) {
  return {
    id: assetId(image),
    typeName: 'asset',
    type: 'image',
    props: { name: image, src: address(image), ...pictureSize, mimeType: null, isAnimated: false },
    meta: {},
  };
}

function shape(card, id) {
  const place = { id, x: card.x, y: card.y };
  if (isPicture(card)) {
    return { ...place, type: 'image', props: { w: card.w, h: card.h, assetId: assetId(card.image) } };
  }
  return {
    ...place,
    type: 'geo',
    props: {
      geo: 'rectangle', w: card.w, h: card.h, color: 'black', fill: 'solid', size: 's', font: 'draw', dash: 'draw',
      align: 'start', verticalAlign: 'start', richText: toRichText(card.text), ...tint(card),
    },
  };
}

/** tint of a card; in the colour white a border cannot be seen. */
function tint(card) {
  return card.kind === 'text' ? { fill: 'semi' } : { color: colour(card, 'tldraw'), labelColor: 'black' };
}

async function load() {
  const cards = await get();
  ids = cards.map((_, i) => createShapeId(`card-${i}`));
  editor.run(() => {
    editor.createAssets(pictures(cards).map(asset));
    editor.createShapes(cards.map((c, i) => shape(c, ids[i])));
  }, { history: 'ignore' });
  return editor.getCurrentPageShapeIds().size;
}

const look = (x, y) => void editor.setCamera({ x: -x, y: -y, z: 1 }, { immediate: true });
const fit = () => void editor.zoomToFit({ immediate: true });
const clear = () => void editor.selectNone();

function state(index) {
  const { x, y, z } = editor.getCamera();
  const card = editor.getShape(ids[index]);
  return { x: -x, y: -y, zoom: z, card: card && { x: card.x, y: card.y } };
}

function mounted(given) {
  editor = given;
  window.peer = { load, look, fit, clear, state };
}

createRoot(document.getElementById('root')).render(
  <div style={{ position: 'fixed', inset: 0 }}>
    <Tldraw onMount={mounted} assetUrls={getAssetUrls({ baseUrl: '/tldraw/' })} />
  </div>,
);
