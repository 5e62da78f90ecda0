export default {
  title: 'שירות כניסה',
  lead: 'בכתובת זו נכנסים אל {clinic} ומאשרים ליישומים לגשת לרשומות בהסכמה.',
  arrive: 'כדי להיכנס ליישום, יש לפתוח את היישום. הוא מוביל לכאן כשצריך.',
  choices: 'בשרת זה',
  account: 'החשבון שלך',
  accountHint: 'למי יש גישה לרשומות שלך ואיך נכנסים.',
  swagger: 'תיעוד ה‑API',
  swaggerHint: 'כל הכתובות של שרת זה, למפתחים. אפשר לנסות אותן בדף.',
  discovery: 'מסמך גילוי',
  discoveryHint: 'במה תומך שרת זה, לתוכנות (OpenID Connect Discovery).',
};
