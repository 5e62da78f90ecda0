import type { VNode } from 'preact';
import type { Words } from '../../platform/i18n/words.js';
import { Name } from '../../platform/web/name.view.js';

/** Name of the hidden field that says for whom the person decides. */
export const PATIENT_FIELD = 'patient';

/** Whose record a consent is about, by name and uuid; `changeHref` leads back to the choice; null where the chart made it, from which the app was started. */
export interface ChosenPatientModel {
  displayName: string;
  uuid: string;
  changeHref: string | null;
}

/** Tells whose record is about to be opened, before it is. Goes into the form of the consent page, which then posts `patient`. */
export function ChosenPatient({ patient, words }: { patient: ChosenPatientModel; words: Words }): VNode {
  const { displayName, uuid, changeHref } = patient;
  return (
    <p class="notice notice-info">
      <input type="hidden" name={PATIENT_FIELD} value={uuid} />
      {words.show('patientChoice.chosen', {
        patient: (
          <strong>
            <Name of={displayName} />
          </strong>
        ),
      })}{' '}
      {changeHref !== null && <a href={changeHref}>{words.say('patientChoice.another')}</a>}
    </p>
  );
}
