import { SystemRandom } from '../ambient/random.js';
import { requestIds } from './request-ids.js';

it('gives ids of 12 characters, each once, also beyond those that were drawn together', () => {
  const next = requestIds(new SystemRandom());
  const ids = Array.from({ length: 1000 }, next);
  expect(new Set(ids).size).toBe(1000);
  for (const id of ids) expect(id).toMatch(/^[A-Za-z0-9_-]{12}$/);
});
