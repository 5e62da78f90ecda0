export default {
  documentTitle: '{title} · {clinic}',
  ribbon: 'נתוני הדגמה: לא למטופלים אמיתיים',
  footer: 'שירות הכניסה Chartkey עבור {clinic}',
  languages: 'שפה',
};
