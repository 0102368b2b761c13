// A page that does nothing with its input: what it costs is the harness.
import './blank.css';

window.addEventListener('wheel', (e) => e.preventDefault(), { passive: false });
window.addEventListener('pointermove', () => {});

const nothing = () => ({ x: 0, y: 0, zoom: 1, card: { x: 0, y: 0 } });
window.peer = { load: () => 0, look: () => {}, fit: () => {}, clear: () => {}, state: nothing };
