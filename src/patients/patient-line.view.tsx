import type { VNode } from 'preact';
import type { Words } from '../platform/i18n/words.js';
import { Name } from '../platform/web/name.view.js';
import type { PatientRow } from './patient-row.js';

/** Names a patient with what confirms who it is: birth date, record number, sex. Stands in a row that is a button or a label. */
export function PatientLine({ of: { name, birthDate, recordNumber, sex }, words }: { of: PatientRow; words: Words }): VNode {
  return (
    <>
      <span class="patient-name">
        <Name of={name} />
      </span>{' '}
      <span>
        {birthDate === null
          ? words.say('patientChoice.bornUnknown')
          : words.show('patientChoice.born', { date: <time dateTime={birthDate}>{words.day(birthDate)}</time> })}
      </span>{' '}
      <span>{words.show('patientChoice.record', { number: <bdi>{recordNumber}</bdi> })}</span> {sex !== '' && <bdi>{sex}</bdi>}
    </>
  );
}
