export default {
  title: 'חוזרים ליישום',
  lead: 'חוזרים אל {app}.',
  press: 'אם דבר לא קורה, יש ללחוץ על ״המשך״.',
};
