import type { SentParameters } from '../protocol/parameters/form.js';

/** What a page tells that was done just before, by the word in its address. */
export type Done = 'apps' | 'sessions' | 'password';

const PARAMETER = 'done';

/** The address of a page that tells so. It is a word of ours and claims nothing else: whoever writes it himself reads it himself. */
export function withDone(path: string, done: Done): string {
  return `${path}?${PARAMETER}=${done}`;
}

export function isDone(query: SentParameters, done: Done): boolean {
  return query.all(PARAMETER)[0] === done;
}
