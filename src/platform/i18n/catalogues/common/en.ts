export default {
  next: 'What you can do',
  reference: 'Reference: {id}',
  person: 'Signed in as {person}',
  cancel: 'Cancel',
  continue: 'Continue',
  technical: 'Technical details',
} as const;
