/** Whose factors: what is needed to find them, in the EHR's table and in ours. */
export interface Holder {
  /** uuid text: `sub`. */
  readonly subject: string;
  /** `users.id`, under which the EHR keeps factors of staff; null for patients, for whom it keeps none. */
  readonly userId: number | null;
}
