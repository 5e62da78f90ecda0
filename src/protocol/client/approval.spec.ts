import { decideApproval } from './approval.js';

describe('decideApproval', () => {
  it.each<[string, boolean, string[], boolean, boolean]>([
    ['a public client', false, ['openid', 'patient/Patient.read'], false, true],
    ['a public client with launch', false, ['openid', 'launch'], false, false],
    ['a public client with launch/patient alone', false, ['openid', 'launch/patient'], false, true],
    ['a confidential client', true, ['openid', 'api:fhir', 'patient/Patient.read'], false, true],
    ['a confidential client with launch', true, ['openid', 'launch'], false, true],
    ['a confidential client with a user scope', true, ['openid', 'user/Patient.read'], false, false],
    ['a confidential client with a system scope', true, ['system/Patient.rs'], false, false],
    ['a client without scopes', true, [], false, true],
    ['a public client where all are approved by hand', false, ['openid'], true, false],
    ['a confidential client where all are approved by hand', true, ['openid'], true, false],
  ])('%s', (_what, isConfidential, scope, manualApproval, isEnabled) => {
    expect(decideApproval({ isConfidential, scope }, manualApproval).isEnabled).toBe(isEnabled);
  });

  it('tells a client that waits what for, and which scope made it wait', () => {
    expect(decideApproval({ isConfidential: true, scope: ['openid', 'user/Patient.read'] }, false).reason).toBe(
      'An administrator must approve this client before it can be used, because it asks for access beyond one patient (user/Patient.read).',
    );
    expect(decideApproval({ isConfidential: false, scope: ['launch'] }, false).reason).toContain('the scope launch');
    expect(decideApproval({ isConfidential: false, scope: ['openid'] }, true).reason).toContain('by hand');
  });

  it('tells a client that need not wait so', () => {
    expect(decideApproval({ isConfidential: false, scope: ['openid'] }, false).reason).toBe('The client can be used at once.');
  });
});
