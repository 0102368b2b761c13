// Numbers of a scene.

/** quantile is the smallest value that a part q of the list does not exceed. */
export function quantile(list, q) {
  if (list.length === 0) return NaN;
  const s = [...list].sort((a, b) => a - b);
  return s[Math.max(0, Math.ceil(q * s.length) - 1)];
}

export const sum = (list) => list.reduce((a, b) => a + b, 0);

export const round = (v) => Math.round(v * 1000) / 1000;
