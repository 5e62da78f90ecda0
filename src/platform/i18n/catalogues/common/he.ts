export default {
  next: 'מה אפשר לעשות',
  reference: 'מספר פנייה: {id}',
  person: 'מחובר בשם {person}',
  cancel: 'ביטול',
  continue: 'המשך',
  technical: 'פרטים טכניים',
};
