// Excalidraw as it comes, with a board of cards: a card is a filled rectangle
// with bound text, a picture is an image element.
import { createRoot } from 'react-dom/client';
import { convertToExcalidrawElements, Excalidraw } from '@excalidraw/excalidraw';
import '@excalidraw/excalidraw/index.css';
import { address, colour, get, isPicture, pictures } from './cards.js';

let api;
let ids = []; // of the elements, by card

function skeleton(card, id) {
  const place = { id, x: card.x, y: card.y, width: card.w, height: card.h };
  if (isPicture(card)) {
    return { ...place, type: 'image', fileId: card.image, status: 'saved', scale: [1, 1] };
  }
  return {
    ...place,
    type: 'rectangle',
    backgroundColor: colour(card, 'excalidraw'),
    fillStyle: 'solid',
    label: { text: card.text, fontSize: 16, textAlign: 'left', verticalAlign: 'top' },
  };
}

async function file(image) {
  const blob = await (await fetch(address(image))).blob();
  const dataURL = await new Promise((done) => {
    const r = new FileReader();
    r.onload = () => done(r.result);
    r.readAsDataURL(blob);
  });
  return { id: image, mimeType: blob.type, dataURL, created: 1 };
}

async function load() {
  const cards = await get();
  await document.fonts.load('16px Excalifont');
  api.addFiles(await Promise.all(pictures(cards).map(file)));
  ids = cards.map((_, i) => `card-${i}`);
  const elements = convertToExcalidrawElements(cards.map((c, i) => skeleton(c, ids[i])), { regenerateIds: false });
  api.updateScene({ elements, captureUpdate: 'NEVER' });
  return api.getSceneElements().filter((e) => e.type === 'rectangle' || e.type === 'image').length;
}

function look(x, y) {
  api.updateScene({ appState: { scrollX: -x, scrollY: -y, zoom: { value: 1 } }, captureUpdate: 'NEVER' });
}

function fit() {
  api.scrollToContent(api.getSceneElements(), { fitToContent: true, animate: false });
}

function clear() {
  api.updateScene({ appState: { selectedElementIds: {}, selectedGroupIds: {} }, captureUpdate: 'NEVER' });
}

function state(index) {
  const { scrollX, scrollY, zoom } = api.getAppState();
  const card = api.getSceneElements().find((e) => e.id === ids[index]);
  return { x: -scrollX, y: -scrollY, zoom: zoom.value, card: card && { x: card.x, y: card.y } };
}

function ready(given) {
  api = given;
  window.peer = { load, look, fit, clear, state };
}

createRoot(document.getElementById('root')).render(<Excalidraw excalidrawAPI={ready} />);
