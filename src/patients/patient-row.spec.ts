import { Patient } from './patient.entity.js';
import { patientRow } from './patient-row.js';

const PHIL = { patientNumber: 1, firstName: 'Phil', lastName: 'Patient', birthDate: '1980-02-29', recordNumber: 'A-1', sex: 'Male' };
const rowOf = (changes: Partial<Patient> = {}): ReturnType<typeof patientRow> => patientRow(Object.assign(new Patient(), PHIL, changes));

describe('patientRow', () => {
  it('has the name, and what confirms it', () => {
    expect(rowOf()).toEqual({ patientNumber: 1, name: 'Phil Patient', birthDate: '1980-02-29', recordNumber: 'A-1', sex: 'Male' });
  });

  it('does without what the EHR lacks', () => {
    expect(rowOf({ firstName: ' ', lastName: '', birthDate: null, recordNumber: ' ', sex: ' ' })).toEqual({
      ...{ patientNumber: 1, name: '1', birthDate: null, recordNumber: '1', sex: '' },
    });
  });

  it.each(['0000-00-00', '1980-13-01', ''])('knows no day in %j', (birthDate) => {
    expect(rowOf({ birthDate }).birthDate).toBeNull();
  });
});
