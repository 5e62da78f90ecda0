import { finishPromotion } from '../platform/ehr/next-signer.js';
import { type KeyOrigin } from '../platform/ehr/ehr-site.js';
import { locateSite } from '../platform/ehr/site-location.js';
import { KeyRotation, type RotationState } from '../signing-keys/key-rotation.service.js';
import { KeyWatch } from '../signing-keys/key-watch.service.js';
import { withApplication } from './application.js';
import { auditKeyChange } from './audit-by-operator.js';
import { Refusal } from './exit-status.js';
import { readSettings } from './settings.js';

const HINDRANCE: Partial<Record<KeyOrigin, string>> = {
  imported: 'the keys were imported: rotate them where the folder of the EHR is, export them there, and import them here with --replace',
  'stand-in': 'a stand-in signs here, not the key of the EHR: set OPENEMR_SITE_DIR',
};

/**
 * Takes the next step of a rotation that is due, and writes it into the EHR's log.
 * @param isUrgent see KeyRotation.advance
 * @throws Refusal where the keys are not the EHR's own files
 */
export async function rotateKeys(isUrgent: boolean): Promise<RotationState> {
  const { origin, siteDir } = locateSite(readSettings());
  const hindrance = HINDRANCE[origin];
  if (hindrance !== undefined) throw new Refusal(hindrance);
  await finishPromotion(siteDir); // the application does not start on half a pair
  return withApplication(async (app) => {
    const state = await app.get(KeyRotation).advance(isUrgent);
    if (state.phase === 'switched') await app.get(KeyWatch).check();
    if (state.phase !== 'waiting') await auditKeyChange(app, `signing key ${state.kid} ${state.phase}`);
    return state;
  });
}
