export default {
  title: 'עזרה',
  idleTitle: 'עדיין כאן?',
  idleLead: 'תוקף הדף יפוג בעוד {time}.',
  idleStay: 'נדרש עוד זמן',
  idleOver: 'תוקף הדף פג.',
  copy: 'העתקה',
  copied: 'הועתק',
};
