export default {
  title: 'היציאה הושלמה',
  lead: 'יצאת מ‑{clinic}. תודה.',
  advice: 'במחשב משותף יש לסגור גם את החלון הזה.',
  stayedTitle: 'החיבור נשאר פעיל',
  stayedLead: 'דבר לא השתנה. החיבור אל {clinic} נשאר פעיל.',
  stayedAdvice: 'אפשר לסגור את החלון.',
  home: 'לדף הפתיחה',
};
