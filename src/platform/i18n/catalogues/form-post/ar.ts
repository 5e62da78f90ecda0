export default {
  title: 'جارٍ إعادتك',
  lead: 'تجري إعادتك إلى {app}.',
  press: 'إذا لم يحدث شيء فاضغط «متابعة».',
};
