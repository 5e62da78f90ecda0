/** Whether this is the long run, `npm run test:soak`. */
export const IS_SOAK = process.env['CHARTKEY_TEST_SOAK'] === '1';

/** How often something is tried. @param usual in `npm test` @param soak in `npm run test:soak` */
export function times(usual: number, soak: number): number {
  return IS_SOAK ? soak : usual;
}

/** Milliseconds for a test that goes on for as long as it takes. */
export const LONG = IS_SOAK ? 1_800_000 : 120_000;
