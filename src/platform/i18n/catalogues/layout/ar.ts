export default {
  documentTitle: '{title} · {clinic}',
  ribbon: 'بيانات تجريبية: ليست لمرضى حقيقيين',
  footer: 'خدمة تسجيل الدخول Chartkey لدى {clinic}',
  languages: 'اللغة',
};
