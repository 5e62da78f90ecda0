/** How long keys are published, in seconds. */
export const KEY_TIMES = {
  /** For which others may keep the key set: a new key is published that long before it signs. */
  keySetMaxAge: 600,
  /** Between two looks at the files of the EHR's signer and at what other replicas say. */
  watchInterval: 30,
  /** For which an announced key counts; the switch must come before. */
  announcedFor: 30 * 86_400,
  /** For which a key counts that signs no more: the longest that an access token may be good, and the time others may keep the key set. */
  retiredFor: 86_400 + 600,
} as const;
