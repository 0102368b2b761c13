// Waiting with an end.

/** Late says that something took longer than it may. */
export class Late extends Error {}

/** within settles as the promise does, or rejects with Late after so many milliseconds. */
export function within(millis, words, promise) {
  let timer;
  const late = new Promise((_, reject) => {
    timer = setTimeout(() => reject(new Late(`${words} (${millis / 1000} s)`)), millis);
  });
  return Promise.race([promise, late]).finally(() => clearTimeout(timer));
}

export const sleep = (millis) => new Promise((done) => setTimeout(done, millis));
